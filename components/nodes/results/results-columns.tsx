import type { FailureKind, Outcome, ResultRow } from '@/server/api/pages/nodes';
import type { Column } from '../../table/data-table';
import { formatCount, formatFixed, NONE } from '../../ui/format';
import { formatP, formatShare, resultHref } from './results';
import { EventsLink, NodeLink } from '../node-link';

type ResultColumn = Column<ResultRow>;

/** Adjusted p-value below which a result is called worse than the others'. */
export const ALPHA = 0.05;

const shareOf = ([n, failed]: Outcome): number | null => (n === 0 ? null : failed / n);

function failures(kind: FailureKind, header: string, hint: string, since: number): ResultColumn {
  return {
    ...{ id: kind, header, hint, align: 'right' },
    value: (row) => shareOf(row[kind]),
    cell: (row) => <Failed node={row.node} kind={kind} outcome={row[kind]} since={since} />,
  };
}

function Failed({
  node,
  kind,
  outcome,
  since,
}: {
  node: string;
  kind: FailureKind;
  outcome: Outcome;
  since: number;
}) {
  const [n, failed, p] = outcome;
  if (n === 0) return <span className="text-faint">{NONE}</span>;
  const worse = p !== null && p < ALPHA;
  return (
    <span className={worse ? 'font-semibold text-warn' : undefined}>
      {worse && <span aria-hidden>▲ </span>}
      {formatShare(failed / n)}{' '}
      <span className="font-normal text-faint">
        {failed === 0 ? (
          `0/${formatCount(n)}`
        ) : (
          <EventsLink href={resultHref(node, kind, since)}>
            {formatCount(failed)}/{formatCount(n)}
          </EventsLink>
        )}
      </span>
    </span>
  );
}

const tested = ({ selfplay, work, checks, syncs, pace }: ResultRow): number[] =>
  [selfplay[2], work[2], checks[2], syncs[2], pace[2]].filter((p) => p !== null);

/** The columns over what happened since a moment, whose figures lead to the events of that stretch. */
export const resultColumns = (since: number): readonly ResultColumn[] => [
  {
    id: 'node',
    header: 'Node',
    value: ({ node }) => node,
    cell: ({ node }) => <NodeLink node={node} />,
  },
  { id: 'type', header: 'Type', value: ({ host_type }) => host_type },
  {
    id: 'games',
    header: 'Games',
    hint: 'Of batches that succeeded',
    align: 'right',
    value: ({ games }) => games,
    cell: ({ games }) => formatCount(games),
  },
  {
    id: 'rate',
    header: 'Games/h',
    hint: 'Mean over the stretch since the node is known, also while it was away',
    align: 'right',
    value: ({ games_per_hour }) => games_per_hour,
    cell: ({ games_per_hour }) => formatCount(games_per_hour),
  },
  failures('selfplay', 'Batches failed', 'SELFPLAY_COMPLETE with success false', since),
  failures(
    'work',
    'Work failed',
    'WORK_FAILED, WORK_TIMEOUT and WORK_RETRY but of what was preempted, of these and WORK_COMPLETED',
    since,
  ),
  failures(
    'checks',
    'Checks failed',
    'HEALTH_CHECK_FAILED and NODE_UNHEALTHY, of these and HEALTH_CHECK_PASSED',
    since,
  ),
  failures(
    'syncs',
    'Syncs failed',
    'DATA_SYNC_FAILED and SYNC_STALLED, of these and DATA_SYNC_COMPLETED',
    since,
  ),
  {
    id: 'pace',
    header: 'Seconds per game',
    hint: 'Geometric mean over batches; compared within the node’s type',
    align: 'right',
    value: ({ pace }) => pace[1],
    cell: ({ pace: [, seconds, p] }) => (
      <span className={p !== null && p < ALPHA ? 'font-semibold text-warn' : undefined}>
        {p !== null && p < ALPHA && <span aria-hidden>▲ </span>}
        {formatFixed(seconds, 2)}
      </span>
    ),
  },
  {
    id: 'p',
    header: 'Smallest p',
    hint: 'Of the node’s tests, after Holm’s correction; dash: too few trials to test anything',
    align: 'right',
    value: (row) => (tested(row).length === 0 ? null : Math.min(...tested(row))),
    cell: (row) => formatP(tested(row).length === 0 ? null : Math.min(...tested(row))),
  },
];
