'use client';

import { useCallback, useMemo } from 'react';
import { DataTable } from '@/components/table/data-table';
import { Button } from '@/components/ui/controls/button';
import { Empty } from '@/components/ui/panel/empty';
import { Panel } from '@/components/ui/panel/panel';
import { COMPARED_ANCHOR, ComparePanel } from './compare-panel';
import { leaderboardColumns } from './leaderboard-columns';
import { TestInputs } from './test-inputs';
import type { EloPageState } from '../use-elo';

/** All evaluated models, strongest first; two or more ticked ones are compared below. */
export function LeaderboardPanel({ leaderboard, params, setParams }: EloPageState) {
  const { rows, matching } = leaderboard.data ?? { rows: [], matching: 0 };
  const selected = useMemo(() => new Set(params.models), [params.models]);
  const tick = useCallback((keys: Set<string>) => setParams({ models: [...keys] }), [setParams]);
  const part = rows.length < matching ? ` · the strongest of each config, ${rows.length} of ${matching}` : '';
  return (
    <>
      <Panel
        title="Models"
        hint={`each by its last evaluation${part}`}
        header={<TestInputs params={params} setParams={setParams} />}
        flush
      >
        <DataTable
          label="Evaluated models"
          rows={rows}
          rowKey={({ model }) => model}
          columns={leaderboardColumns}
          initialSort={{ id: 'elo', desc: true }}
          filter
          maxHeight="30rem"
          selected={selected}
          onSelect={tick}
          bar={
            <span className="flex items-center gap-2 text-xs text-dim">
              <Ticked count={selected.size} />
              {selected.size > 0 && <Button onClick={() => setParams({ models: [] })}>Clear</Button>}
            </span>
          }
          empty={
            <Empty title="No model was evaluated in this stretch">
              Rows come with EVALUATION_COMPLETED events that name a model.
            </Empty>
          }
        />
      </Panel>
      {selected.size > 1 && <ComparePanel rows={rows.filter(({ model }) => selected.has(model))} />}
    </>
  );
}

/** How many are ticked, and where they are compared: the table may fill the window. */
function Ticked({ count }: { count: number }) {
  if (count === 0) return 'Tick two or more to compare';
  if (count === 1) return '1 ticked, another to compare';
  return (
    <a
      href={`#${COMPARED_ANCHOR}`}
      className="rounded-sm underline decoration-line-strong underline-offset-2 hover:text-accent"
    >
      {count} ticked, compared below
    </a>
  );
}
