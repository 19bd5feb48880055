'use client';

import { debounce, useQueryStates } from 'nuqs';
import { useCallback, useMemo } from 'react';
import { matchesWords } from '@/components/table/columns';
import { DataTable } from '@/components/table/data-table';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount } from '@/components/ui/format';
import { Input } from '@/components/ui/controls/input';
import { Panel } from '@/components/ui/panel/panel';
import { Segmented } from '@/components/ui/controls/segmented';
import { TRAINING_STATUSES, type TrainingRunEntity } from '@/domain/projections/training/entities';
import { STATUS_WORDS } from '../looks';
import { RUN_COLUMNS } from './run-columns';
import { MAX_COMPARED, trainingSearch } from '../search-params';

const SORT = { id: 'began', desc: true } as const;

/** Every run of the configs and the stretch of time, to sort, filter, copy, and tick for the chart. */
export function RunsPanel({
  runs,
  known,
  chosen,
  onChoose,
}: {
  runs: readonly TrainingRunEntity[];
  known: number;
  chosen: readonly string[];
  onChoose: (runs: readonly string[]) => void;
}) {
  const [{ status, q }, set] = useQueryStates(trainingSearch);
  const rows = useMemo(
    () =>
      runs.filter(
        (run) =>
          (status === null || run.status === status) && (q === '' || matchesWords(run, RUN_COLUMNS, q)),
      ),
    [runs, status, q],
  );
  const selected = useMemo(() => new Set(chosen), [chosen]);
  const tick = useCallback((keys: Set<string>) => onChoose([...keys].slice(-MAX_COMPARED)), [onChoose]);
  return (
    <Panel
      title="All runs"
      hint={`${formatCount(runs.length)} of ${formatCount(known)} kept; tick up to ${MAX_COMPARED} to compare them`}
      flush
    >
      <DataTable
        label="Runs"
        rows={rows}
        rowKey={({ job_id }) => job_id}
        columns={RUN_COLUMNS}
        initialSort={SORT}
        selected={selected}
        onSelect={tick}
        maxHeight="28rem"
        bar={
          <>
            <Segmented
              label="Status"
              value={status ?? 'all'}
              options={STATUS_OPTIONS}
              onChange={(value) => void set({ status: value === 'all' ? null : value })}
            />
            <Input
              type="search"
              aria-label="Filter runs by words"
              placeholder="Run, node, model, error…"
              className="w-52"
              value={q}
              onChange={(event) => void set({ q: event.target.value }, { limitUrlUpdates: debounce(300) })}
            />
          </>
        }
        empty={<NoRuns known={known} />}
      />
    </Panel>
  );
}

const STATUS_OPTIONS = [
  { value: 'all', label: 'All' },
  ...TRAINING_STATUSES.map((value) => ({ value, label: STATUS_WORDS[value] })),
] as const;

function NoRuns({ known }: { known: number }) {
  return known === 0 ? (
    <Empty title="No run yet">A run begins when a training threshold is reached.</Empty>
  ) : (
    <Empty title="No run fits">
      Other configs, a longer stretch of time or another status may have some.
    </Empty>
  );
}
