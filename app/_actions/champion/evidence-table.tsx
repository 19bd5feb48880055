import Link from 'next/link';
import type { ReactNode } from 'react';
import { ModelStatusBadge } from '@/components/models/status-badge';
import {
  formatCount,
  formatElo,
  formatFixed,
  formatQuality,
  formatSuperiority,
  formatWinRate,
  NONE,
} from '@/components/ui/format';
import { Table, Td, Th, Tr } from '@/components/ui/panel/table';
import { Age, Time } from '@/components/ui/time/time';
import type { Evidence } from '@/server/api/actions/evidence';
import type { Side } from '@/server/api/actions/sides';
import { apart } from './apart';

interface Line {
  readonly label: string;
  readonly hint?: string;
  readonly cell: (side: Side, past: boolean) => ReactNode;
  /** What the model that comes has more than the one that goes; null where that cannot be said. */
  readonly more?: (coming: Side, going: Side) => string | null;
}

const LINES: readonly Line[] = [
  { label: 'Status', cell: ({ status }) => (status === null ? NONE : <ModelStatusBadge status={status} />) },
  {
    label: 'Elo',
    hint: 'with its 95 % interval',
    cell: ({ elo, low, high }) => (
      <>
        <span className="font-semibold">{formatElo(elo)}</span>
        {low !== null && high !== null && (
          <span className="block text-2xs text-dim">
            {formatElo(low, 0)} to {formatElo(high, 0)}
          </span>
        )}
      </>
    ),
    more: (coming, going) => apart(coming.elo, going.elo, 1, (value) => formatElo(value)),
  },
  {
    label: 'Win rate',
    cell: ({ win_rate }) => formatWinRate(win_rate),
    more: (coming, going) => apart(coming.win_rate, going.win_rate, 3, formatWinRate),
  },
  {
    label: 'Games',
    cell: ({ games }) => formatCount(games),
    more: (coming, going) => apart(coming.games, going.games, 0, formatCount),
  },
  {
    label: 'Superiority',
    hint: 'likelihood that it is stronger than the champion it was measured against',
    cell: ({ los, measured_against }) => (
      <>
        {formatSuperiority(los)}
        {los !== null && measured_against !== null && (
          <span className="block font-mono text-2xs [overflow-wrap:anywhere] text-dim">
            over {measured_against}
          </span>
        )}
      </>
    ),
  },
  {
    label: 'Loss',
    hint: 'of validation, and of training',
    cell: ({ val_loss, train_loss }) => (
      <>
        {formatFixed(val_loss, 4)}
        {train_loss !== null && <span className="text-dim"> / {formatFixed(train_loss, 4)}</span>}
      </>
    ),
    more: (coming, going) => apart(coming.val_loss, going.val_loss, 4, (value) => formatFixed(value, 4)),
  },
  {
    label: 'Data quality',
    hint: 'of its config’s games when its training began',
    cell: ({ data_quality }) => formatQuality(data_quality),
    more: (coming, going) => apart(coming.data_quality, going.data_quality, 3, formatQuality),
  },
  {
    label: 'Regressions',
    hint: 'open now',
    cell: ({ regressions }) =>
      regressions.length === 0 ? (
        <span className="text-faint">none</span>
      ) : (
        regressions.map(({ title, detail }) => (
          <span key={title} className="block text-bad" title={detail}>
            {title}
          </span>
        ))
      ),
  },
  {
    label: 'Evaluated',
    cell: ({ evaluated_at, evaluation }, past) => {
      if (evaluated_at === null) return <span className="text-warn">never</span>;
      const when = past ? <Time at={evaluated_at} /> : <Age at={evaluated_at} />;
      if (evaluation === null) return when;
      return (
        <Link
          href={`/events/${evaluation}`}
          prefetch={false}
          className="underline decoration-line-strong underline-offset-2 hover:text-accent"
        >
          {when}
        </Link>
      );
    },
  },
  {
    label: 'On nodes',
    hint: 'that hold a copy',
    cell: ({ holders }) => formatCount(holders),
    more: (coming, going) => apart(coming.holders, going.holders, 0, formatCount),
  },
];

/**
 * The model that would come and the champion that would go, figure by figure, with how far they are apart. `past`: it was
 * decided then.
 */
export function EvidenceTable({
  evidence: { coming, going, data },
  past = false,
}: {
  evidence: Pick<Evidence, 'coming' | 'going' | 'data'>;
  past?: boolean;
}) {
  return (
    <div className="rounded border">
      <Table label="Evidence">
        <thead>
          <tr>
            <Th>
              <span className="sr-only">Figure</span>
            </Th>
            <Head what={past ? 'Became champion' : 'Becomes champion'} model={coming.model_id} />
            <Head what={past ? 'Champion before' : 'Champion now'} model={going?.model_id ?? 'nobody'} />
            <th
              scope="col"
              className="hidden border-b px-3 py-1.5 text-right align-top font-medium sm:table-cell"
            >
              <span className="text-2xs text-dim">Difference</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {LINES.map(({ label, hint, cell, more }) => (
            <Tr key={label} className="align-top">
              <Th scope="row" title={hint}>
                {label}
              </Th>
              <Td>{cell(coming, past)}</Td>
              <Td>{going === null ? NONE : cell(going, past)}</Td>
              <Td className="hidden text-right whitespace-nowrap text-dim tabular-nums sm:table-cell">
                {going === null ? '' : (more?.(coming, going) ?? '')}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {data !== null && (
        <p className="border-t px-3 py-1.5 text-2xs text-dim">
          Games of the config {past ? 'then' : 'now'}: {data.state}, average quality{' '}
          {formatQuality(data.average)}, threshold {data.threshold}.
        </p>
      )}
    </div>
  );
}

function Head({ what, model }: { what: string; model: string }) {
  return (
    <th scope="col" className="w-[38%] border-b sm:w-[34%] px-2 py-1.5 align-top font-medium sm:px-3">
      <span className="block text-2xs text-dim">{what}</span>
      <span className="font-mono break-all">{model}</span>
    </th>
  );
}
