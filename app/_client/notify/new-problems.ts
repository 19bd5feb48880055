import { SEVERITIES, type Severity } from '@/domain/events/envelope';
import type { ProblemEntity } from '@/domain/realtime/entities';

/** A problem that comes and goes is told of once in so long, milliseconds; one that got worse at once. */
const AGAIN_MS = 10 * 60_000;
/** Ids remembered; the one told of longest ago goes first. */
const MAX_TOLD = 2_000;

interface Told {
  readonly severity: Severity;
  readonly since: number;
  readonly at: number;
}

/** Which open problems somebody who looks elsewhere should be told of. */
export class NewProblems {
  #told: Map<string, Told> | null = null;

  /**
   * Those that are new or got worse since the last call, and wait for somebody. What is open at the first call was there
   * to be seen. `now`: epoch milliseconds.
   */
  take(open: Iterable<ProblemEntity>, now: number): readonly ProblemEntity[] {
    const first = this.#told === null;
    const told = (this.#told ??= new Map<string, Told>());
    const fresh: ProblemEntity[] = [];
    for (const problem of open) {
      if (problem.acknowledged !== null || !isNews(problem, told.get(problem.id), now)) continue;
      told.delete(problem.id);
      const { severity, since } = problem;
      told.set(problem.id, { severity, since, at: now });
      if (!first) fresh.push(problem);
    }
    for (const id of told.keys()) {
      if (told.size <= MAX_TOLD) break;
      told.delete(id);
    }
    return fresh;
  }
}

function isNews({ severity, since }: ProblemEntity, told: Told | undefined, now: number): boolean {
  if (told === undefined || SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(told.severity)) return true;
  return since > told.since && now - told.at >= AGAIN_MS;
}
