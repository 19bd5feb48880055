'use client';

import { useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { useColoursByConfig } from '@/app/_client/config-colours';
import { useTRPC } from '@/app/_client/queries/trpc';
import { useLiveQuery, type Initial } from '@/app/_client/queries/use-live-query';
import { Chart } from '@/components/charts/chart';
import { Button } from '@/components/ui/controls/button';
import { CopyButton } from '@/components/ui/controls/copy-button';
import { Empty } from '@/components/ui/panel/empty';
import { Panel } from '@/components/ui/panel/panel';
import { Segmented } from '@/components/ui/controls/segmented';
import type { TrainingRunEntity } from '@/domain/projections/training/entities';
import type { ComparedRun } from '@/server/api/pages/training/compare';
import { compareSeries } from './compare-series';
import { MAX_COMPARED, trainingSearch, type Axis, type Measure } from '../search-params';

const MEASURE_OPTIONS: readonly { value: Measure; label: string }[] = [
  { value: 'val', label: 'Validation loss' },
  { value: 'train', label: 'Training loss' },
  { value: 'both', label: 'Both' },
  { value: 'lr', label: 'Learning rate' },
];
const AXIS_OPTIONS: readonly { value: Axis; label: string }[] = [
  { value: 'epoch', label: 'by epoch' },
  { value: 'minutes', label: 'by time' },
];

const NO_RUNS: readonly ComparedRun[] = [];

/** Any runs overlaid on one chart; which, and what is drawn of them, is in the URL. */
export function ComparePanel({
  runs,
  drawn,
  chosen,
  initial,
  onChoose,
}: {
  runs: ReadonlyMap<string, TrainingRunEntity>;
  drawn: string[];
  /** False while nobody chose: then the runs under way are drawn. */
  chosen: boolean;
  initial: Initial<{ runs: string[] }, ComparedRun[]>;
  onChoose: (runs: readonly string[]) => void;
}) {
  const trpc = useTRPC();
  const [{ measure, axis }, set] = useQueryStates(trainingSearch);
  const input = useMemo(() => ({ runs: drawn }), [drawn]);
  // Asked again when one of the runs drawn reports an epoch, not when any other does.
  const version = drawn.map((id) => runs.get(id)?.updated_at ?? 0).join();
  const { data } = useLiveQuery(trpc.pages.training.compare.queryOptions(input), input, version, initial);
  const colours = useColoursByConfig((data ?? NO_RUNS).map(({ config }) => config));
  const series = useMemo(
    () => compareSeries(data ?? NO_RUNS, measure, axis, colours),
    [data, measure, axis, colours],
  );
  const unknown = (data ?? []).filter(({ status }) => status === null).map(({ job_id }) => job_id);
  return (
    <Panel
      title="Loss of runs compared"
      hint={
        chosen
          ? 'the runs ticked in the table'
          : 'the runs under way, else the newest; tick others in the table'
      }
      header={
        chosen && (
          <>
            <Button variant="ghost" onClick={() => onChoose([])}>
              Clear choice
            </Button>
            <CopyButton text={() => window.location.href} label="Copy the address of this comparison" />
          </>
        )
      }
    >
      <div className="mb-2 flex flex-wrap gap-2">
        <Segmented
          label="Measure"
          value={measure}
          options={MEASURE_OPTIONS}
          onChange={(value) => void set({ measure: value })}
        />
        <Segmented
          label="Horizontal axis"
          value={axis}
          options={AXIS_OPTIONS}
          onChange={(value) => void set({ axis: value })}
        />
      </div>
      {unknown.length > 0 && (
        <Unknown jobs={unknown} onDrop={() => onChoose(drawn.filter((id) => !unknown.includes(id)))} />
      )}
      <Chart
        key={axis}
        label="Loss of runs compared"
        series={series}
        xKind="number"
        xLabel={axis === 'epoch' ? 'epoch' : 'minutes since the start'}
        unit={measure === 'lr' ? 'learning rate' : 'loss'}
        height={280}
        empty={
          <Empty title="No epoch to draw">
            A line appears with the first TRAINING_PROGRESS of a run that is drawn, at most {MAX_COMPARED}{' '}
            runs.
          </Empty>
        }
      />
    </Panel>
  );
}

function Unknown({ jobs, onDrop }: { jobs: readonly string[]; onDrop: () => void }) {
  return (
    <p role="status" className="mb-2 flex flex-wrap items-center gap-2 text-xs text-warn">
      <span className="min-w-0 break-all">Not known here: {jobs.join(', ')}.</span>
      <Button onClick={onDrop}>Leave {jobs.length === 1 ? 'it' : 'them'} out</Button>
    </p>
  );
}
