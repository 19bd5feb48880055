import type { States } from '../../../../domain/projections';
import {
  hopTimes,
  leadTime,
  runViewOf,
  runViews,
  type HopView,
  type RunView,
} from '../../../../domain/projections/pipeline';
import type { RunEntity, StageId } from '../../../../domain/realtime/entities';
import { wants, type PageInput } from '../input';

/** A stage of a run. Times are epoch seconds; a seq names the event of the moment, null where none does. */
export type HopRow = {
  stage: StageId;
  started_at: number | null;
  started_seq: number | null;
  ended_at: number | null;
  ended_seq: number | null;
  status: 'active' | 'done' | 'failed';
  /** True where nothing but the times says that this event belongs to the run. */
  guessed: boolean;
  /** Seconds since the stage before it was over, and how many of them passed before this stage began. */
  took: number | null;
  waited: number | null;
};

export type RunRow = {
  run_id: string;
  config: string | null;
  job_id: string | null;
  model_id: string | null;
  node: string | null;
  status: RunEntity['status'];
  started_at: number;
  updated_at: number;
  /** Seconds from the selfplay batch to the promotion. */
  lead_seconds: number | null;
  hops: HopRow[];
};

export type RunsInput = PageInput & { status: RunRow['status'] | null; limit: number };
export type RunsAnswer = { runs: RunRow[]; total: number };

/** The runs that moved within the stretch asked for: those under way first, then the latest. */
export function pipelineRuns({ pipeline }: Pick<States, 'pipeline'>, input: RunsInput): RunsAnswer {
  const found = [...runViews(pipeline)].filter(
    (view) =>
      wants(view.config, input) &&
      (input.status === null || view.status === input.status) &&
      (input.since === null || view.updatedAt >= input.since) &&
      (input.until === null || view.startedAt <= input.until),
  );
  const rank = (view: RunView): number => (view.status === 'active' ? 0 : 1);
  found.sort((a, b) => rank(a) - rank(b) || b.startedAt - a.startedAt || (a.id < b.id ? -1 : 1));
  return { runs: found.slice(0, input.limit).map(runRow), total: found.length };
}

/** One run, wherever it is kept; null when it is not on record. */
export function pipelineRun({ pipeline }: Pick<States, 'pipeline'>, id: string): RunRow | null {
  const view = runViewOf(pipeline, id);
  return view === undefined ? null : runRow(view);
}

function runRow(view: RunView): RunRow {
  const times = new Map(hopTimes(view).map((time) => [time.stage, time]));
  return {
    ...{ run_id: view.id, config: view.config, job_id: view.job, model_id: view.model, node: view.node },
    ...{ status: view.status, started_at: view.startedAt, updated_at: view.updatedAt },
    lead_seconds: tenth(leadTime(view)),
    hops: view.hops.map((hop) => {
      const time = times.get(hop.stage);
      return { ...hopRow(hop), took: tenth(time?.took ?? null), waited: tenth(time?.waited ?? null) };
    }),
  };
}

function hopRow({ stage, started, ended, status, guessed }: HopView): Omit<HopRow, 'took' | 'waited'> {
  const seq = (s: number | undefined): number | null => (s === undefined || s < 0 ? null : s);
  return {
    ...{ stage, status, guessed },
    ...{ started_at: started?.t ?? null, started_seq: seq(started?.s) },
    ...{ ended_at: ended?.t ?? null, ended_seq: seq(ended?.s) },
  };
}

/** Nobody reads a duration of minutes to the microsecond, and every digit travels. */
export function tenth(seconds: number | null): number | null {
  return seconds === null ? null : Math.round(seconds * 10) / 10;
}
