import type { ProblemEntity } from '../../realtime/entities';
import { HOPS, type Finding, type LifecycleState } from '../lifecycle';

const PREFIX = 'lifecycle:';

const HOP_KINDS = HOPS.flatMap((hop) =>
  (['overdue', 'out_of_order'] as const).map((kind) => `${hop.id}:${kind}`),
);

/** Every problem id that findings can add up to: one per stretch of a lifecycle and kind of finding. */
export const LIFECYCLE_PROBLEM_IDS: readonly string[] = HOP_KINDS.map((kind) => `${PREFIX}${kind}`);

/** The problem that a finding, by its id `<hop>:<kind>:<subject>`, counts towards. */
export function lifecycleProblemId(findingId: string): string {
  const kind = findingId.indexOf(':', findingId.indexOf(':') + 1);
  return `${PREFIX}${findingId.slice(0, kind)}`;
}

/** The unresolved findings of one kind, as one problem; undefined when there are none. */
export function lifecycleProblem(state: LifecycleState, id: string): ProblemEntity | undefined {
  const findings = [...state.findings.values()].filter(
    (finding) => !finding.resolved && `${PREFIX}${finding.hop}:${finding.kind}` === id,
  );
  const newest = findings.reduce<Finding | null>(
    (best, each) => (best === null || each.at >= best.at ? each : best),
    null,
  );
  if (newest === null) return undefined;
  const late = newest.kind === 'overdue';
  return {
    id,
    severity: 'warning',
    title: late ? `Overdue in ${newest.lifecycle}` : `Out of order in ${newest.lifecycle}`,
    detail: newest.message,
    subject_kind: 'lifecycle',
    subject: newest.hop,
    since: Math.min(...findings.map((finding) => finding.at)),
    last_at: newest.at,
    count: findings.length,
    event: newest.event,
    page: newest.lifecycle === 'work' ? '/work' : '/pipeline',
    acknowledged: null,
  };
}
