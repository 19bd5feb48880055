'use client';

import { useMemo } from 'react';
import { DataTable, type Column } from '@/components/table/data-table';
import { cn } from '@/components/ui/cn';
import { ConfigName } from '@/components/ui/names/config-name';
import { formatCount } from '@/components/ui/format';
import { STAGES, type StageEntity, type StageId } from '@/domain/realtime/entities';
import { STAGE_LABEL } from '../labels';
import { StageCell } from './stage-cell';

type Stages = ReadonlyMap<string, StageEntity>;
/** Null: the sums over all configs. */
type Row = { config: string | null; stages: ReadonlyMap<StageId, StageEntity> };

export interface StageMatrixProps {
  configs: readonly string[];
  stages: Stages;
  cells: Stages;
  /** `<config>|<stage>` of what waits too long. */
  stalled: ReadonlySet<string>;
  /** The config whose graph is shown; empty: all. */
  graph: string;
  onGraph: (config: string) => void;
}

/** A config per row, a stage per column, and the sums over all configs. A click on a config shows its graph. */
export function StageMatrix({ configs, stages, cells, stalled, graph, onGraph }: StageMatrixProps) {
  const rows = useMemo(() => rowsOf(configs, stages, cells), [configs, stages, cells]);
  const columns = useMemo(
    () => [configColumn(graph, onGraph), ...STAGES.map((stage) => stageColumn(stage, stalled))],
    [graph, onGraph, stalled],
  );
  return (
    <>
      <DataTable
        label="Stages by config"
        rows={rows}
        rowKey={({ config }) => config ?? ''}
        columns={columns}
        initialSort={{ id: 'config', desc: false }}
        filter
        maxHeight={configs.length > 12 ? '36rem' : undefined}
      />
      <Unnamed stages={stages} cells={cells} />
    </>
  );
}

function rowsOf(configs: readonly string[], stages: Stages, cells: Stages): Row[] {
  const found = (of: (stage: StageId) => StageEntity | undefined) =>
    new Map(
      STAGES.flatMap((stage): [StageId, StageEntity][] => {
        const entity = of(stage);
        return entity === undefined ? [] : [[stage, entity]];
      }),
    );
  return [
    { config: null, stages: found((stage) => stages.get(stage)) },
    ...configs.map((config) => ({ config, stages: found((stage) => cells.get(`${config}|${stage}`)) })),
  ];
}

function configColumn(graph: string, onGraph: (config: string) => void): Column<Row> {
  return {
    id: 'config',
    header: 'Config',
    value: ({ config }) => config ?? 'All configs',
    cell: ({ config }) => (
      <button
        type="button"
        aria-pressed={graph === (config ?? '')}
        title="Show its graph"
        onClick={() => onGraph(config ?? '')}
        className={cn(
          'rounded-sm text-left whitespace-nowrap hover:underline',
          config === null && 'font-medium',
          graph === (config ?? '') && 'text-accent',
        )}
      >
        {config === null ? 'All configs' : <ConfigName name={config} narrow />}
      </button>
    ),
  };
}

function stageColumn(stage: StageId, stalled: ReadonlySet<string>): Column<Row> {
  return {
    id: stage,
    header: STAGE_LABEL[stage],
    ...(stage === 'sync' ? { hint: SYNC_HINT } : {}),
    value: ({ stages }) => stages.get(stage)?.count ?? null,
    cell: ({ config, stages }) => (
      <StageCell
        stage={stages.get(stage)}
        stalled={config !== null && stalled.has(`${config}|${stage}`)}
        absent={stage === 'sync' ? SYNC_HINT : `no event of this stage names ${config ?? 'any config'} yet`}
      />
    ),
  };
}

const SYNC_HINT = 'a sync moves what a node has and names no config: it counts in the sum only';

/** Completions that no row but the sum can count, because their event names no config. */
function Unnamed({ stages, cells }: { stages: Stages; cells: Stages }) {
  const missing = STAGES.flatMap((stage) => {
    const named = [...cells.values()].reduce((sum, each) => sum + (each.stage === stage ? each.count : 0), 0);
    const count = (stages.get(stage)?.count ?? 0) - named;
    return count > 0 ? [`${formatCount(count)} of ${STAGE_LABEL[stage].toLowerCase()}`] : [];
  });
  if (missing.length === 0) return null;
  return (
    <p className="border-t px-3 py-1.5 text-2xs text-faint">
      Completions that name no config, counted in the sum only: {missing.join(', ')}.
    </p>
  );
}
