'use client';

import { useQueryStates } from 'nuqs';
import { memo, useCallback, useMemo } from 'react';
import { LIST_MS, useTopic } from '@/app/_client/live/live-provider';
import { PageControls, usePageSearch } from '@/app/_client/page/page-controls';
import type { PageInput } from '@/app/_client/page/page-search';
import { useTRPC } from '@/app/_client/queries/trpc';
import { useLiveQuery, type Initial } from '@/app/_client/queries/use-live-query';
import { Page } from '@/components/shell/page/page';
import type { TrainingConfigEntity, TrainingRunEntity } from '@/domain/projections/training/entities';
import type { ComparedRun } from '@/server/api/pages/training/compare';
import type { TrainingOverview } from '@/server/api/pages/training/overview';
import { BlocksPanel } from './_trouble/blocks-panel';
import { ComparePanel } from './_runs/compare-panel';
import { DurationsPanel } from './durations-panel';
import { FailuresPanel } from './_trouble/failures-panel';
import { KeyFigures } from './key-figures';
import { RollbacksPanel } from './_trouble/rollbacks-panel';
import { runsIn, runsToDraw } from './_runs/runs';
import { RunsPanel } from './_runs/runs-panel';
import { trainingSearch } from './search-params';
import { StraysPanel } from './_trouble/strays-panel';
import { UnderWay } from './_runs/under-way';

export function TrainingView({
  overview,
  compared,
}: {
  overview: Initial<PageInput, TrainingOverview>;
  compared: Initial<{ runs: string[] }, ComparedRun[]>;
}) {
  const runs = useTopic<TrainingRunEntity>('training.runs', LIST_MS);
  const configs = useTopic<TrainingConfigEntity>('training.configs', LIST_MS);
  return <Panels runs={runs} configs={configs} overview={overview} compared={compared} />;
}

/** Apart from the topics, which may change ten times a second. */
const Panels = memo(function Panels({
  runs,
  configs,
  overview,
  compared,
}: {
  runs: ReadonlyMap<string, TrainingRunEntity>;
  configs: ReadonlyMap<string, TrainingConfigEntity>;
  overview: Initial<PageInput, TrainingOverview>;
  compared: Initial<{ runs: string[] }, ComparedRun[]>;
}) {
  const { input } = usePageSearch();
  const trpc = useTRPC();
  const { data } = useLiveQuery(trpc.pages.training.overview.queryOptions(input), input, configs, overview);
  const [{ run: chosen }, set] = useQueryStates(trainingSearch);
  const listed = useMemo(() => runsIn(runs.values(), input), [runs, input]);
  const drawn = useMemo(() => (chosen.length > 0 ? chosen : runsToDraw(listed)), [chosen, listed]);
  const choose = useCallback((run: readonly string[]) => void set({ run: [...run] }), [set]);
  const blocked = useMemo(
    () =>
      [...configs.values()].filter(
        ({ config, blocked_by }) =>
          blocked_by !== null && (input.configs.length === 0 || input.configs.includes(config)),
      ),
    [configs, input],
  );
  return (
    <Page
      title="Training"
      lead="Which runs are under way, and how the past ones ended."
      header={<PageControls configs={[...configs.keys()]} />}
    >
      {data !== undefined && <KeyFigures runs={listed} overview={data} blocked={blocked} />}
      <UnderWay runs={listed} />
      <ComparePanel
        runs={runs}
        drawn={drawn}
        chosen={chosen.length > 0}
        initial={compared}
        onChoose={choose}
      />
      <RunsPanel runs={listed} known={runs.size} chosen={chosen} onChoose={choose} />
      {data !== undefined && (
        <>
          <DurationsPanel overview={data} />
          <FailuresPanel groups={data.failures} input={input} />
          <div className="grid min-w-0 gap-3 2xl:grid-cols-2">
            <RollbacksPanel rows={data.rollbacks} />
            <BlocksPanel rows={data.blocks} blocked={blocked} />
          </div>
          <StraysPanel {...data.unassigned} />
        </>
      )}
    </Page>
  );
});
