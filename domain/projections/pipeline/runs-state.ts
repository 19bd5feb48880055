import type { ArchivedRun } from './archive';
import type { Run } from './run';

/** Runs by id, which run a model belongs to, and per config the runs that were ended long ago. */
export type RunsState = {
  runs: Map<string, Run>;
  byModel: Map<string, string>;
  archive: Map<string, ArchivedRun[]>;
};

export function runsState(): RunsState {
  return { runs: new Map(), byModel: new Map(), archive: new Map() };
}
