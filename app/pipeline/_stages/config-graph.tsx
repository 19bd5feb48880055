'use client';

import { useMemo } from 'react';
import { Flow } from '@/components/flow/flow';
import type { FlowLayout, StepFigures } from '@/components/flow/model';
import { layoutRows } from '@/components/flow/rows';
import { pipelineSteps } from '@/components/overview/steps';
import { Empty } from '@/components/ui/panel/empty';
import { Panel } from '@/components/ui/panel/panel';
import { Select } from '@/components/ui/controls/select';
import { FLOWS } from '@/domain/events/relations/flows';
import { STAGES, type StageEntity } from '@/domain/realtime/entities';
import { STAGE_LABEL, stageHref } from '../labels';

const PIPELINE_IDS = FLOWS.pipeline.steps.map((step) => step.id);
const layoutPipeline = (width: number): FlowLayout => layoutRows(PIPELINE_IDS, width);

/** The pipeline as a graph, of one config or of all. */
export function ConfigGraph({
  config,
  configs,
  stages,
  cells,
  onConfig,
}: {
  /** Empty: all configs together. */
  config: string;
  configs: readonly string[];
  stages: ReadonlyMap<string, StageEntity>;
  cells: ReadonlyMap<string, StageEntity>;
  onConfig: (config: string) => void;
}) {
  const steps = useMemo(() => {
    const own = STAGES.flatMap((stage): [string, StageEntity][] => {
      const entity = cells.get(`${config}|${stage}`);
      return entity === undefined ? [] : [[stage, entity]];
    });
    return named(pipelineSteps(FLOWS.pipeline, config === '' ? stages : new Map(own)), config);
  }, [config, stages, cells]);
  const syncless = config !== '' && !cells.has(`${config}|sync`) && (stages.get('sync')?.count ?? 0) > 0;
  const known = config === '' || configs.includes(config);
  return (
    <Panel
      title={config === '' ? 'Graph of all configs' : `Graph of ${config}`}
      hint="completions in all and per hour; a pulse is an event on its way"
      header={
        <Select
          className="max-w-48"
          aria-label="Config of the graph"
          value={config}
          onChange={(e) => onConfig(e.target.value)}
        >
          <option value="">All configs</option>
          {!known && <option value={config}>{config}</option>}
          {configs.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </Select>
      }
    >
      {known ? (
        // A new board per config: the step from one config's counts to another's is no event on its way.
        <Flow
          key={config}
          label={`Pipeline of ${config || 'all configs'}`}
          steps={steps}
          layoutOf={layoutPipeline}
          stages
        />
      ) : (
        <Empty title={`Nothing is known of ${config}`}>
          Its graph fills with the first pipeline event that names it.
        </Empty>
      )}
      {known && syncless && (
        <p className="pt-2 text-2xs text-faint">
          Syncs name no config, so that box stays empty; the runs below tell which sync brought their games.
        </p>
      )}
    </Panel>
  );
}

const made = new WeakMap<StepFigures, StepFigures>();

/** The steps under this page's names, each leading to its events of the config. */
function named(steps: ReadonlyMap<string, StepFigures>, config: string): ReadonlyMap<string, StepFigures> {
  return new Map(
    FLOWS.pipeline.steps.flatMap(({ id, stage }): [string, StepFigures][] => {
      const step = steps.get(id);
      if (step === undefined || stage === undefined) return [];
      const href = stageHref(stage, config === '' ? null : config);
      const known = made.get(step);
      if (known?.href === href) return [[id, known]];
      const own = { ...step, label: STAGE_LABEL[stage], href };
      made.set(step, own);
      return [[id, own]];
    }),
  );
}
