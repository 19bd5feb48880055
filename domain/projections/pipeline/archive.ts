import { STAGES, type RunEntity } from '../../realtime/entities';
import { evictLowest } from '../shared/bounds';
import type { Run } from './run';
import { runView, type HopView, type RunView } from './run-view';

/** Ended runs that are kept per config, for its durations and its trend. */
export const MAX_ARCHIVED = 64;
const MAX_CONFIGS = 200;

/** Per stage four numbers (start, its seq, end, its seq; -1 where there is none), and one flag. */
export type ArchivedRun = {
  id: string;
  config: string;
  job: string | null;
  model: string | null;
  node: string | null;
  status: RunEntity['status'];
  startedAt: number;
  updatedAt: number;
  times: number[];
  flags: number[];
};

const NO_HOP = 0;
const FLAGS = ['active', 'done', 'failed'] as const;
/** Added to the flag of a hop that is attributed by its times only. */
const GUESSED = 4;
const NONE = -1;

type Archive = Map<string, ArchivedRun[]>;

/** Keeps an ended run on record. A run that names no config belongs to nobody's history. */
export function archiveRun(archive: Archive, run: Run, clock: number | null): void {
  if (run.config === null) return;
  let own = archive.get(run.config);
  if (own === undefined) {
    own = [];
    archive.set(run.config, own);
    evictLowest(archive, MAX_CONFIGS, (runs) => runs.at(-1)?.updatedAt ?? Infinity);
  }
  own.push(pack(runView(run, clock), run.config));
  own.sort((a, b) => a.updatedAt - b.updatedAt);
  if (own.length > MAX_ARCHIVED) own.shift();
}

/** A promotion may be taken back long after its run ended. */
export function rollBackArchived(archive: Archive, config: string | null, model: string | null): void {
  const own = archive.get(config ?? '') ?? [];
  const index = own.findLastIndex((run) => run.model !== null && run.model === model);
  const found = own[index];
  // Replaced, not changed: what was worked out from a run on record holds as long as the object does.
  if (found !== undefined) own[index] = { ...found, status: 'rolled_back' };
}

/** Whether the run that made a model is on record and came to its promotion. */
export function wasPromoted(archive: Archive, config: string | null, model: string | null): boolean {
  if (model === null) return false;
  return (archive.get(config ?? '') ?? []).some(
    (run) => run.model === model && (run.status === 'promoted' || run.status === 'rolled_back'),
  );
}

function pack(view: RunView, config: string): ArchivedRun {
  const { id, job, model, node, status, startedAt, updatedAt } = view;
  const times: number[] = [];
  const flags: number[] = [];
  for (const stage of STAGES) {
    const hop = view.hops.find((each) => each.stage === stage);
    times.push(
      ...[hop?.started?.t ?? NONE, hop?.started?.s ?? NONE, hop?.ended?.t ?? NONE, hop?.ended?.s ?? NONE],
    );
    flags.push(hop === undefined ? NO_HOP : 1 + FLAGS.indexOf(hop.status) + (hop.guessed ? GUESSED : 0));
  }
  return { id, config, job, model, node, status, startedAt, updatedAt, times, flags };
}

function unpackHops({ times, flags }: ArchivedRun): HopView[] {
  return STAGES.flatMap((stage, index) => {
    const flag = flags[index] ?? NO_HOP;
    if (flag === NO_HOP) return [];
    const [start = NONE, startSeq = NONE, end = NONE, endSeq = NONE] = times.slice(index * 4, index * 4 + 4);
    return {
      stage,
      started: startSeq === NONE && start === NONE ? null : { t: start, s: startSeq },
      ended: endSeq === NONE ? null : { t: end, s: endSeq },
      status: FLAGS[(flag - 1) % GUESSED] ?? 'done',
      guessed: flag > GUESSED,
    };
  });
}

const VIEWS = new WeakMap<ArchivedRun, RunView>();

/** A run on record as pages show it; the same object as long as the run is the same. */
export function archivedView(run: ArchivedRun): RunView {
  const known = VIEWS.get(run);
  if (known !== undefined) return known;
  const { id, config, job, model, node, status, startedAt, updatedAt } = run;
  const hops = unpackHops(run);
  const view = {
    ...{ id, config, job, model, node, status, startedAt, updatedAt, hops },
    ...{ epoch: null, totalEpochs: null },
  };
  VIEWS.set(run, view);
  return view;
}
