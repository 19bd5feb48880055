import type { Leadership } from '@/server/api/pages/nodes';
import type { Column } from '../../table/data-table';
import { formatDuration, NONE } from '../../ui/format';
import { Time } from '../../ui/time/time';
import { NodeLink, SeqLink } from '../node-link';

export type LeadershipChange = Leadership['changes'][number];

const WORDS: Readonly<Record<LeadershipChange['kind'], string>> = {
  elected: 'elected',
  seen: 'seen leading',
  lost: 'lost',
  stepped_down: 'stepped down',
};

export const LEADERSHIP_COLUMNS: readonly Column<LeadershipChange>[] = [
  {
    id: 'at',
    header: 'When',
    value: ({ at }) => at,
    time: true,
    cell: ({ at, seq }) => (
      <span className="whitespace-nowrap">
        <SeqLink seq={seq}>
          <Time at={at} />
        </SeqLink>
      </span>
    ),
  },
  { id: 'what', header: 'What', value: ({ kind }) => WORDS[kind] },
  {
    id: 'leader',
    header: 'Leader',
    value: ({ leader }) => leader,
    cell: ({ leader }) => (leader === null ? NONE : <NodeLink node={leader} />),
  },
  { id: 'term', header: 'Term', align: 'right', value: ({ term }) => term },
  {
    id: 'after',
    header: 'After',
    hint: 'How long the cluster had no leader before',
    align: 'right',
    value: ({ after }) => (after === null ? null : Math.round(after)),
    cell: ({ after }) => formatDuration(after),
  },
  { id: 'reason', header: 'Reason', value: ({ reason }) => reason },
];
