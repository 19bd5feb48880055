import type { Column } from '@/components/table/data-table';
import { cn } from '@/components/ui/cn';
import { ConfigName } from '@/components/ui/names/config-name';
import { formatCount, formatElo, formatPercent, formatPlural, NONE } from '@/components/ui/format';
import type { EloSummary } from '@/server/api/pages/elo/summary';
import { signed } from '../_curves/curves';
import { EventIdLink } from '../event-id-link';
import { ProjectionText, projectionValue } from './projection-text';
import { TargetInput } from './target-input';

/** What the page is asked for comes first: on a phone the columns after it are seen by scrolling sideways only. */
export function configColumns(onTarget: (config: string, elo: number | null) => void): Column<EloSummary>[] {
  return [
    {
      id: 'config',
      header: 'Config',
      value: ({ config }) => config,
      cell: ({ config }) => <ConfigName name={config} />,
    },
    {
      id: 'current',
      header: 'Elo now',
      align: 'right',
      value: ({ current }) => current,
      cell: ({ current, current_id: id }) => (
        <EventIdLink id={id}>
          <span className="text-sm font-semibold">{formatElo(current)}</span>
        </EventIdLink>
      ),
    },
    velocityColumn,
    {
      id: 'projection',
      header: 'Projected',
      hint: 'When the target is reached, by a straight line through the ratings of the last 24 h, with its 95 % bounds; from 5 of them on',
      value: ({ projection }) => projectionValue(projection),
      cell: (row) => <ProjectionText row={row} />,
    },
    {
      id: 'target',
      header: 'Target',
      hint: 'The next hundred above the best, unless you set one: it goes into the URL',
      align: 'right',
      value: ({ target }) => target,
      cell: ({ config, target, target_set: set }) => (
        <TargetInput
          key={`${target}`}
          config={config}
          target={target}
          set={set}
          onChange={(elo) => onTarget(config, elo)}
        />
      ),
    },
    {
      id: 'champion',
      header: 'Champion',
      value: ({ champion }) => champion,
      cell: ({ champion, champion_elo: elo, champion_id: id }) =>
        champion === null ? (
          NONE
        ) : (
          <span className="whitespace-nowrap">
            <EventIdLink id={id}>
              <span title={champion} className="inline-block max-w-64 truncate align-bottom font-mono">
                {champion}
              </span>
            </EventIdLink>{' '}
            <span className="text-faint">{formatElo(elo)}</span>
          </span>
        ),
    },
    {
      id: 'best',
      header: 'Best',
      align: 'right',
      value: ({ best }) => best,
      cell: ({ best, best_id: id }) => <EventIdLink id={id}>{formatElo(best)}</EventIdLink>,
    },
    yieldColumn,
    ...decisionColumns,
  ];
}

const velocityColumn: Column<EloSummary> = {
  id: 'velocity',
  header: 'Velocity',
  unit: 'Elo/h',
  hint: 'Slope through the ratings of the last 12 h; beneath it the 12 h before',
  align: 'right',
  value: ({ velocity }) => velocity,
  cell: ({ velocity, velocity_before: before }) => <Velocity velocity={velocity} before={before} />,
};

const yieldColumn: Column<EloSummary> = {
  id: 'per_1000',
  header: 'Per 1,000 games',
  unit: 'Elo',
  hint: 'Elo of those 12 h by the selfplay games that came in meanwhile',
  align: 'right',
  value: ({ per_1000_games: elo }) => elo,
  cell: ({ per_1000_games: elo }) => signed(elo, 2),
};

function Velocity({ velocity, before }: { velocity: number | null; before: number | null }) {
  if (velocity === null) return NONE;
  const trend = before === null ? null : velocity - before;
  return (
    <span className="flex flex-col whitespace-nowrap">
      {signed(velocity)}
      {trend !== null && (
        <span className={cn('text-2xs', trend < 0 ? 'text-warn' : 'text-ok')}>
          <span aria-hidden>{trend < 0 ? '↓' : '↑'}</span>
          <span className="sr-only">{trend < 0 ? 'slower than' : 'faster than'}</span>
          <span className="text-faint"> {signed(before)}</span>
        </span>
      )}
    </span>
  );
}

const decisionColumns: readonly Column<EloSummary>[] = [
  {
    id: 'promotions',
    header: 'Promoted',
    hint: 'Promotions of all decisions (promoted or rejected)',
    align: 'right',
    value: successRate,
    cell: (row) => {
      const rate = successRate(row);
      if (rate === null) return NONE;
      return (
        <span className="whitespace-nowrap">
          {formatPercent(rate)}{' '}
          <span className="text-faint">
            {row.promotions} of {row.promotions + row.rejections}
          </span>
        </span>
      );
    },
  },
  {
    id: 'gain',
    header: 'Gain',
    unit: 'Elo',
    hint: 'Mean Elo improvement that promotions told',
    align: 'right',
    value: ({ gain }) => gain,
    cell: ({ gain }) => signed(gain),
  },
  {
    id: 'setbacks',
    header: 'Setbacks',
    hint: 'Rollbacks · regressions · plateaus',
    align: 'right',
    value: ({ rollbacks, regressions, plateaus }) => rollbacks + regressions + plateaus,
    cell: ({ rollbacks, regressions, plateaus }) => (
      <span
        className="explained"
        title={`${formatCount(rollbacks)} rolled back, ${formatPlural(regressions, 'regression')}, ${formatPlural(plateaus, 'plateau')}`}
      >
        {rollbacks} · {regressions} · {plateaus}
      </span>
    ),
  },
];

function successRate({ promotions, rejections }: EloSummary): number | null {
  const decided = promotions + rejections;
  return decided === 0 ? null : promotions / decided;
}
