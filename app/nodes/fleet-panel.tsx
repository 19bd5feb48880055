'use client';

import { useQueryStates } from 'nuqs';
import { useCallback, useMemo } from 'react';
import { FLEET_COLUMNS } from '@/components/nodes/fleet/fleet-columns';
import { FleetGrid } from '@/components/nodes/grid/fleet-grid';
import {
  matchesFilter,
  troubleFirst,
  type FleetFigures,
  type FleetNode,
} from '@/components/nodes/fleet/fleet';
import { orderBy, parseSort } from '@/components/nodes/fleet/fleet-order';
import { DataTable } from '@/components/table/data-table';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount, formatPlural } from '@/components/ui/format';
import { useGo } from '@/components/ui/go';
import { Panel } from '@/components/ui/panel/panel';
import type { Timelines } from '@/server/api/pages/nodes';
import type { Initial } from '../_client/queries/use-live-query';
import { FleetToolbar } from './fleet-toolbar';
import { nodesParams } from './search-params';
import { TimelineView, type TimelineInput } from './timeline-view';

/** The fleet as a grid, a table or timelines; which nodes and in which order is in the URL, and the same for all three. */
export function FleetPanel({
  nodes,
  worse,
  figures,
  timelines,
}: {
  nodes: readonly FleetNode[];
  worse: ReadonlySet<string>;
  figures: FleetFigures;
  timelines: Initial<TimelineInput, Timelines>;
}) {
  const go = useGo();
  const [search, setSearch] = useQueryStates(nodesParams);
  const { view, q, status, type, sort } = search;
  const shown = useMemo(
    () => troubleFirst(nodes.filter((node) => matchesFilter(node, { q, status, type }))),
    [nodes, q, status, type],
  );
  const ordered = useMemo(() => orderBy(shown, FLEET_COLUMNS, sort), [shown, sort]);
  const open = useCallback((href: string) => go(href), [go]);
  const pick = useCallback((seq: number) => go(`/events/${seq}`), [go]);
  const hint =
    shown.length === nodes.length
      ? formatPlural(nodes.length, 'node')
      : `${formatCount(shown.length)} of ${formatPlural(nodes.length, 'node')}`;
  return (
    <Panel title="Fleet" hint={hint} flush>
      <FleetToolbar nodes={nodes} figures={figures} search={search} onSearch={setSearch} />
      {shown.length === 0 ? (
        <Empty title="No node like that">No node passes these filters.</Empty>
      ) : view === 'grid' ? (
        <FleetGrid nodes={ordered} worse={worse} onOpen={open} />
      ) : view === 'table' ? (
        <DataTable
          label="Nodes"
          rows={shown}
          rowKey={nameOf}
          columns={FLEET_COLUMNS}
          initialSort={parseSort(sort) ?? undefined}
          onSort={({ id, desc }) => void setSearch({ sort: `${desc ? '-' : ''}${id}` })}
          maxHeight="42rem"
        />
      ) : (
        <TimelineView nodes={ordered} initial={timelines} onPick={pick} />
      )}
    </Panel>
  );
}

const nameOf = ({ node }: FleetNode): string => node;
