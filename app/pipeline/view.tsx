'use client';

import { useQueryStates } from 'nuqs';
import { useCallback, useMemo, useState } from 'react';
import { RequestMenu } from '@/app/_actions/request/request-menu';
import { READABLE_MS, useTopic } from '@/app/_client/live/live-provider';
import { PageControls, usePageSearch } from '@/app/_client/page/page-controls';
import { byName } from '@/components/live/rows';
import { Page } from '@/components/shell/page/page';
import { Empty } from '@/components/ui/panel/empty';
import { Panel } from '@/components/ui/panel/panel';
import type { StageEntity } from '@/domain/realtime/entities';
import { ConfigGraph } from './_stages/config-graph';
import { DurationsPanel } from './durations-panel';
import { isStall, type Finding } from './_findings/findings';
import { FindingsPanel } from './_findings/findings-panel';
import { KeyFigures } from './key-figures';
import { RunsPanel } from './_runs/runs-panel';
import { pipelineSearch, RUNS_STEP, type PipelineSearch } from './search-params';
import { MarksKey } from './_stages/stage-cell';
import { StageMatrix } from './_stages/stage-matrix';
import { StallsPanel } from './_findings/stalls-panel';
import { TrendPanel } from './trend-panel';
import { usePipelineFigures, type PipelineInitial } from './use-figures';

export function PipelineView({ initial }: { initial: PipelineInitial }) {
  const { input, window, setWindow } = usePageSearch();
  const [search, setSearch] = useQueryStates(pipelineSearch);
  const [limit, setLimit] = useState(RUNS_STEP);
  const stages = useTopic<StageEntity>('pipeline.stages', READABLE_MS);
  const cells = useTopic<StageEntity>('pipeline.cells', READABLE_MS);
  const findings = useTopic<Finding>('lifecycle.findings', READABLE_MS);
  const figures = usePipelineFigures({ input, search, limit, stages, initial });
  const configs = useMemo(() => configsOf(cells), [cells]);
  const shown = useMemo(
    () => (input.configs.length === 0 ? configs : configs.filter((each) => input.configs.includes(each))),
    [configs, input.configs],
  );
  const relevant = useMemo(
    () => [...findings.values()].filter(({ config }) => isOf(config, input.configs)),
    [findings, input.configs],
  );
  const stalls = relevant.filter(isStall);
  const stalled = new Set(stalls.map(({ config, stage }) => `${config}|${stage}`));
  const graph =
    search.graph === '' && shown.length === 1 && input.configs.length === 1 ? (shown[0] ?? '') : search.graph;
  const onSearch = useCallback((change: Partial<PipelineSearch>) => void setSearch(change), [setSearch]);
  const onMore = useCallback(() => setLimit((before) => Math.min(200, before * 2)), []);
  const onGraph = (config: string): void => void setSearch({ graph: config });
  return (
    <Page
      title="Pipeline"
      lead="Where each config stands on the way from selfplay to a distributed champion."
      header={
        <>
          <RequestMenu page="config" />
          <PageControls configs={configs} />
        </>
      }
    >
      <KeyFigures
        all={figures.durations[0]}
        running={trainings(shown, cells)}
        stalls={stalls.length}
        seen={shown.length > 0}
      />
      <StallsPanel stalls={stalls} seen={shown.length > 0} />
      <Panel
        title="Stages by config"
        hint="completions, per hour, and age of the newest event"
        header={<MarksKey />}
        flush
      >
        {shown.length === 0 ? (
          <Empty
            title={configs.length === 0 ? 'No stage has completed yet' : 'None of these configs is known'}
          >
            A row appears with the first pipeline event of a config.
          </Empty>
        ) : (
          <StageMatrix {...{ configs: shown, stages, cells, stalled, graph, onGraph }} />
        )}
      </Panel>
      <ConfigGraph {...{ config: graph, configs, stages, cells, onConfig: onGraph }} />
      <DurationsPanel rows={figures.durations} />
      <TrendPanel
        of={search.trend}
        onOf={(trend) => void setSearch({ trend })}
        lines={figures.trend}
        all={figures.durations[0]?.of[search.trend]}
        window={window}
        onWindow={setWindow}
      />
      <RunsPanel
        answer={figures.runs}
        durations={figures.byConfig}
        search={search}
        onSearch={onSearch}
        onMore={onMore}
      />
      <FindingsPanel findings={relevant} />
    </Page>
  );
}

/** No config picked: all, and what is of none. */
const isOf = (config: string | null, picked: readonly string[]): boolean =>
  picked.length === 0 || (config !== null && picked.includes(config));

/** Trainings under way in these configs. */
function trainings(configs: readonly string[], cells: ReadonlyMap<string, StageEntity>): number {
  return configs.reduce((sum, config) => sum + (cells.get(`${config}|training`)?.in_progress ?? 0), 0);
}

function configsOf(cells: ReadonlyMap<string, StageEntity>): string[] {
  return [...new Set([...cells.values()].flatMap(({ config }) => config ?? []))].sort(byName);
}
