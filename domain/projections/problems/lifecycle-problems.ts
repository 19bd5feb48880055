import type { ProblemEntity } from '../../realtime/entities';
import { HOPS, type Finding, type LifecycleState } from '../lifecycle';

const PREFIX = 'lifecycle:';

type Kind = Finding['kind'];

const idOf = (hop: string, kind: Kind): string => `${PREFIX}${hop}:${kind}`;

/** By hop; put together once, as findings come by the thousand a second. */
const IDS = new Map<string, Readonly<Record<Kind, string>>>(
  HOPS.map(({ id }) => [id, { overdue: idOf(id, 'overdue'), out_of_order: idOf(id, 'out_of_order') }]),
);

/** Every problem id that findings can add up to: one per stretch of a lifecycle and kind of finding. */
export const LIFECYCLE_PROBLEM_IDS: readonly string[] = [...IDS.values()].flatMap((ids) => [
  ids.overdue,
  ids.out_of_order,
]);

/** The problem that a finding counts towards. */
export function lifecycleProblemId({ hop, kind }: Pick<Finding, 'hop' | 'kind'>): string {
  return IDS.get(hop)?.[kind] ?? idOf(hop, kind);
}

/** The unresolved findings of one kind, as one problem; undefined when there are none. */
export function lifecycleProblem(state: LifecycleState, id: string): ProblemEntity | undefined {
  const findings = [...state.findings.values()].filter(
    (finding) => !finding.resolved && lifecycleProblemId(finding) === id,
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
