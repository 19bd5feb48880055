'use client';

import { useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { useTRPC } from '@/app/_client/queries/trpc';
import { useLiveQuery, type Initial } from '@/app/_client/queries/use-live-query';
import { pageSearch } from '@/app/_client/page/page-search';
import { DataTable } from '@/components/table/data-table';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount } from '@/components/ui/format';
import { MultiSelect } from '@/components/ui/multi-select/multi-select';
import { Panel } from '@/components/ui/panel/panel';
import { WORK_STATES, type WorkState } from '@/domain/projections/work/entities';
import type { ItemList, ItemsInput } from '@/server/api/pages/work';
import { itemColumns } from '../_items/item-columns';
import { ItemDialog } from '../_items/item-dialog';
import { Loading, QueryNote } from '../query-note';
import { itemsInputOf, workSearch } from '../search-params';
import { words } from '../tones';

const STATE_OPTIONS = WORK_STATES.map((value) => ({ value, label: words(value) }));
const SEARCH = { config: pageSearch.config, ...workSearch };

/** Every piece of work that is kept, with filters in the URL; a click on its id opens its life. */
export function ItemsPanel({
  initial,
  version,
}: {
  initial: Initial<ItemsInput, ItemList> | null;
  version: unknown;
}) {
  const trpc = useTRPC();
  const [search, set] = useQueryStates(SEARCH);
  const input = itemsInputOf(search);
  const list = useLiveQuery(trpc.pages.work.items.queryOptions(input), input, version, initial);
  const columns = useMemo(() => itemColumns((item) => void set({ item })), [set]);
  const { items = [], total = 0, types = [], nodes = [] } = list.data ?? {};
  const setStates = (state: string[]): void => void set({ state: state as WorkState[] });
  const filters = (
    <>
      <MultiSelect label="State" options={STATE_OPTIONS} value={search.state} onChange={setStates} />
      <MultiSelect
        label="Type"
        options={types.map((value) => ({ value }))}
        value={search.type}
        onChange={(type) => void set({ type })}
      />
      <MultiSelect
        label="Node"
        options={nodes.map((value) => ({ value }))}
        value={search.node}
        onChange={(node) => void set({ node })}
      />
    </>
  );
  return (
    <Panel title="Pieces of work" hint={shownOf(items.length, total)} header={filters} flush>
      <QueryNote query={list} />
      {list.data === undefined ? (
        <Loading />
      ) : (
        <DataTable
          label="Pieces of work"
          rows={items}
          rowKey={({ work_id: id }) => id}
          columns={columns}
          filter
          maxHeight="32rem"
          empty={<NoItems filtered={isFiltered(input)} />}
        />
      )}
      <ItemDialog workId={search.item} version={version} onClose={() => void set({ item: null })} />
    </Panel>
  );
}

function isFiltered({ configs, states, types, nodes }: ItemsInput): boolean {
  return configs.length + states.length + types.length + nodes.length > 0;
}

function shownOf(shown: number, total: number): string {
  if (shown >= total) return 'what goes on, and the newest 500 that ended';
  return `${formatCount(shown)} of ${formatCount(total)} that match; filter to see others`;
}

function NoItems({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <Empty title="No piece of work matches">
      Work that names no config is left out while a config is chosen.
    </Empty>
  ) : (
    <Empty title="No work yet">It appears with the first WORK_QUEUED that names a work_id.</Empty>
  );
}
