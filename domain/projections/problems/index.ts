import { SEVERITIES } from '../../events/envelope';
import type { UnseenProblems } from '../../realtime/contract';
import type { ProblemEntity } from '../../realtime/entities';
import { lifecycleFindings } from '../lifecycle';
import type { Projection } from '../projection';
import { shownSeen } from './acknowledgement';
import { foldProblems, TOPIC } from './fold';
import { LIFECYCLE_PROBLEM_IDS, lifecycleProblem } from './lifecycle-problems';
import { initialProblems, type ProblemsState } from './state';

export type { ProblemsState } from './state';

export function problemEntity(state: ProblemsState, id: string): ProblemEntity | undefined {
  const problem = state.open.get(id);
  if (problem === undefined) return foundProblem(state, id);
  const { at, seen, level: _, locks: __, passes: ___, ...shown } = problem;
  return { ...shown, last_at: at.t, acknowledged: shownSeen(seen) };
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

/** How many wait for somebody, as the overview counts them. */
export function unseenProblems(state: ProblemsState): UnseenProblems {
  let [unseen, worst] = [0, -1];
  for (const id of problemKeys(state)) {
    const problem = problemEntity(state, id);
    if (problem === undefined || problem.acknowledged !== null) continue;
    unseen += 1;
    worst = Math.max(worst, SEVERITIES.indexOf(problem.severity));
  }
  return { unseen, worst: SEVERITIES[worst] ?? null };
}

/**
 * What is wrong right now, one problem per cause. The lifecycle check is folded inside: its findings add up to problems,
 * and a projection sees no other projection's state.
 */
export const problemsProjection: Projection<ProblemsState> = {
  name: 'problems',
  version: 10,
  initial: initialProblems,
  fold: foldProblems,
  topics: {
    [TOPIC]: { limit: 1_040, keys: problemKeys, entity: problemEntity },
    'lifecycle.findings': {
      limit: lifecycleFindings.limit,
      keys: (state) => lifecycleFindings.keys(state.lifecycle),
      entity: (state, key) => lifecycleFindings.entity(state.lifecycle, key),
    },
  },
};
