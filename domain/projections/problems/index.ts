import type { ProblemEntity } from '../../realtime/entities';
import { lifecycleProjection } from '../lifecycle';
import type { Projection } from '../projection';
import { minuteOf } from '../shared/clock';
import { perHour } from '../shared/minutes';
import { shownSeen } from './acknowledgement';
import { offlineId } from './cluster-rules';
import { foldProblems, TOPIC } from './fold';
import { LIFECYCLE_PROBLEM_IDS, lifecycleProblem } from './lifecycle-problems';
import { initialProblems, type ProblemsState } from './state';

export type { ProblemsState } from './state';

/** What ends it, which no report says; nothing does for a machine that never returns. */
const UNTIL_BACK = 'open until it is back: acknowledge it if it is gone for good';

export function problemEntity(state: ProblemsState, id: string): ProblemEntity | undefined {
  const problem = state.open.get(id);
  if (problem === undefined) return foundProblem(state, id);
  const { at, recent, seen, level: _, locks: __, ...shown } = problem;
  const count =
    recent === null || state.clock === null ? problem.count : perHour(recent, minuteOf(state.clock));
  const detail = id === offlineId(problem.subject) ? `${problem.detail}; ${UNTIL_BACK}` : problem.detail;
  return { ...shown, detail, last_at: at.t, count, acknowledged: shownSeen(seen) };
}

/** Of findings that add up, those before the acknowledgement are covered by it; a newer one brings the problem back. */
function foundProblem(state: ProblemsState, id: string): ProblemEntity | undefined {
  const problem = lifecycleProblem(state.lifecycle, id);
  const seen = state.seen.get(id);
  if (problem === undefined || seen === undefined || problem.last_at > seen.at) return problem;
  return { ...problem, acknowledged: shownSeen(seen) };
}

function* problemKeys(state: ProblemsState): Iterable<string> {
  yield* state.open.keys();
  for (const id of LIFECYCLE_PROBLEM_IDS) if (lifecycleProblem(state.lifecycle, id) !== undefined) yield id;
}

/** Ids of all open problems. */
export function openProblems(state: ProblemsState): string[] {
  return [...problemKeys(state)];
}

const findings = lifecycleProjection.topics['lifecycle.findings'];
if (findings === undefined) throw new Error('The lifecycle projection lost its topic lifecycle.findings.');

/**
 * What is wrong right now, one problem per cause. The lifecycle check is folded inside: its findings add up to problems,
 * and a projection sees no other projection's state.
 */
export const problemsProjection: Projection<ProblemsState> = {
  name: 'problems',
  version: 8,
  initial: initialProblems,
  fold: foldProblems,
  topics: {
    [TOPIC]: { limit: 1_040, keys: problemKeys, entity: problemEntity },
    'lifecycle.findings': {
      limit: 300,
      keys: (state) => findings.keys(state.lifecycle),
      entity: (state, key) => findings.entity(state.lifecycle, key),
    },
  },
};
