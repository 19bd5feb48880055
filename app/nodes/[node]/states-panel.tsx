'use client';

import { Bands, sayShares } from '@/components/nodes/timeline/bands';
import { SeqLink } from '@/components/nodes/node-link';
import { StatusWord } from '@/components/nodes/status-shape';
import { DataTable, type Column } from '@/components/table/data-table';
import { formatDuration } from '@/components/ui/format';
import { useGo } from '@/components/ui/go';
import { Panel } from '@/components/ui/panel/panel';
import { Time } from '@/components/ui/time/time';
import type { NodeDetailAnswer } from '@/server/api/pages/nodes';

type State = NodeDetailAnswer['states'][number];

const COLUMNS: readonly Column<State>[] = [
  {
    id: 'at',
    header: 'From',
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
  {
    id: 'status',
    header: 'Status',
    value: ({ status }) => status,
    cell: ({ status }) => <StatusWord status={status} />,
  },
  {
    id: 'seconds',
    header: 'For',
    align: 'right',
    value: ({ seconds }) => Math.round(seconds),
    cell: ({ seconds }) => formatDuration(seconds),
  },
];

/** The states of the node over the range as bands, and the same as a table. */
export function StatesPanel({ data }: { data: NodeDetailAnswer }) {
  const go = useGo();
  const { bands, since, until, states } = data;
  const shares = sayShares(bands, Math.max(1, until - since));
  return (
    <Panel title="States" hint={shares} flush>
      <div className="p-3">
        <Bands
          {...{ bands, since, until }}
          label="States"
          height={36}
          onPick={(seq) => go(`/events/${seq}`)}
        />
        <div className="flex justify-between pt-1 text-2xs text-faint">
          <Time at={since} />
          <span className="hidden sm:inline">
            the graver, the higher; a click opens the event that began it
          </span>
          <Time at={until} />
        </div>
      </div>
      <details className="border-t">
        <summary className="cursor-pointer px-3 py-1.5 text-xs text-dim hover:text-fg">
          As a table, the newest first
        </summary>
        <DataTable
          label="States of the node"
          rows={states}
          rowKey={momentOf}
          columns={COLUMNS}
          maxHeight="20rem"
        />
      </details>
    </Panel>
  );
}

const momentOf = ({ at }: State): string => String(at);
