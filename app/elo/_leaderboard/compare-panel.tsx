'use client';

import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/signs/badge';
import { ConfigName } from '@/components/ui/names/config-name';
import {
  formatCount,
  formatElo,
  formatFixed,
  formatPercent,
  formatPlural,
  formatSuperiority,
  formatWinRate,
  NONE,
} from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Table, Td, Th, Tr } from '@/components/ui/panel/table';
import { Time } from '@/components/ui/time/time';
import { MODEL_TONE } from '@/components/ui/signs/tone';
import type { Ranked } from '@/server/api/pages/elo/leaderboard';
import { differenceOf, isClear } from './compare';
import { signed } from '../_curves/curves';
import { intervalText, statusText, VERDICTS } from './judged-text';

/** Where the table of models leads to once two are ticked. */
export const COMPARED_ANCHOR = 'compared';

/** More do not fit side by side. */
const MOST = 6;

const FACTS: readonly { name: string; cell: (row: Ranked) => ReactNode }[] = [
  { name: 'Config', cell: ({ config }) => <ConfigName name={config} /> },
  {
    name: 'Status',
    cell: ({ status }) =>
      status === null ? (
        NONE
      ) : (
        <Badge tone={MODEL_TONE[status]} shape dense>
          {statusText(status)}
        </Badge>
      ),
  },
  { name: 'Elo', cell: ({ elo }) => <span className="text-sm font-semibold">{formatElo(elo)}</span> },
  { name: '95 % interval', cell: intervalText },
  {
    name: 'Win rate',
    cell: ({ win_rate: share, games }) =>
      `${formatWinRate(share)} of ${games === null ? `${NONE} games` : formatPlural(games, 'game')}`,
  },
  { name: 'Champion then', cell: ({ champion }) => <span className="font-mono">{champion ?? NONE}</span> },
  { name: 'LOS over it', cell: ({ los }) => formatSuperiority(los) },
  {
    name: 'SPRT',
    cell: ({ sprt }) =>
      sprt === null ? NONE : `${VERDICTS[sprt.verdict].name}, ratio ${formatFixed(sprt.llr, 2)}`,
  },
  { name: 'Epochs of its config', cell: ({ step }) => formatCount(step) },
  { name: 'Validation loss', cell: ({ val_loss: loss }) => formatFixed(loss, 4) },
  { name: 'Evaluated', cell: ({ evaluated_at: at }) => <Time at={at} /> },
];

/** Ticked models side by side, and each against each. */
export function ComparePanel({ rows }: { rows: readonly Ranked[] }) {
  const shown = rows.slice(0, MOST);
  const more = rows.length - shown.length;
  return (
    <Panel
      title="Compared"
      anchor={COMPARED_ANCHOR}
      hint={more > 0 ? `the ${MOST} strongest; ${more} more are ticked` : undefined}
      flush
    >
      <Table label="Models side by side">
        <thead>
          <tr>
            <Th className="sticky left-0 bg-surface">
              <span className="sr-only">Figure</span>
            </Th>
            {shown.map(({ model }) => (
              <Th key={model} className="font-mono">
                {model}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {FACTS.map(({ name, cell }) => (
            <Tr key={name}>
              <RowName>{name}</RowName>
              {shown.map((row) => (
                <Td key={row.model} className="whitespace-nowrap">
                  {cell(row)}
                </Td>
              ))}
            </Tr>
          ))}
          {shown.map((other) => (
            <Tr key={other.model}>
              <RowName>
                against <span className="font-mono">{other.model}</span>
              </RowName>
              {shown.map((row) => (
                <Td key={row.model} className="whitespace-nowrap">
                  <Against row={row} other={other} />
                </Td>
              ))}
            </Tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function RowName({ children }: { children: ReactNode }) {
  return (
    <th
      scope="row"
      className="sticky left-0 border-b bg-surface px-3 py-1.5 text-left font-normal whitespace-nowrap text-dim"
    >
      {children}
    </th>
  );
}

function Against({ row, other }: { row: Ranked; other: Ranked }) {
  const difference = row === other ? null : differenceOf(row, other);
  if (difference === null) return <span className="text-faint">{NONE}</span>;
  if (!difference.comparable) return <span className="text-faint">another game</span>;
  const { elo, margin, score } = difference;
  return (
    <>
      <span className={isClear(difference) ? 'font-semibold' : undefined}>{signed(elo)}</span>
      <span className="text-faint">
        {margin === null ? '' : ` ± ${formatFixed(margin, 0)}`} Elo · expected {formatPercent(score)}
        {margin !== null && !isClear(difference) && ' · not told apart'}
      </span>
    </>
  );
}
