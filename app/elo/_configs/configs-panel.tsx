'use client';

import { useMemo } from 'react';
import { DataTable } from '@/components/table/data-table';
import { Panel } from '@/components/ui/panel/panel';
import { configColumns } from './config-columns';
import { withTarget } from '../search-params';
import type { EloPageState } from '../use-elo';

/** One row per config: where it stands, how fast it goes, and when it gets where it should. */
export function ConfigsPanel({ summaries, params, setParams }: EloPageState) {
  const { target: targets } = params;
  const columns = useMemo(
    () => configColumns((config, elo) => setParams({ target: withTarget(targets, config, elo) })),
    [targets, setParams],
  );
  return (
    <Panel title="Configs" hint="counts are of the range above; velocity and projection are of now" flush>
      <DataTable
        label="Elo, velocity and target by config"
        rows={summaries.data ?? []}
        rowKey={({ config }) => config}
        columns={columns}
        initialSort={{ id: 'current', desc: true }}
        maxHeight="24rem"
      />
    </Panel>
  );
}
