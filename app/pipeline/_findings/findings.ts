import type { LifecycleFindingEntity } from '@/domain/projections';
import { formatDuration } from '@/components/ui/format';

export type Finding = LifecycleFindingEntity;

/** A step of the pipeline that is awaited for longer than is usual. */
export function isStall(finding: Finding): boolean {
  return finding.kind === 'overdue' && !finding.resolved && finding.stage !== null;
}

/** Those that are the furthest beyond what they may take first. `now` is the newest event's time. */
export function worstFirst(stalls: readonly Finding[], now: number): Finding[] {
  const times = ({ since, expected_seconds: expected }: Finding) =>
    (now - (since ?? now)) / Math.max(1, expected ?? 1);
  return [...stalls].sort((a, b) => times(b) - times(a) || (a.id < b.id ? -1 : 1));
}

/** The stalls of each stage in the order given; the stage of the first comes first. */
export function byStage(stalls: readonly Finding[]): Finding[][] {
  const groups = new Map<Finding['stage'], Finding[]>();
  for (const stall of stalls) {
    const group = groups.get(stall.stage);
    if (group === undefined) groups.set(stall.stage, [stall]);
    else group.push(stall);
  }
  return [...groups.values()];
}

/** Seconds for which a step has been awaited. `now` is the newest event's time. */
export function waitOf({ since, event }: Finding, now: number): number {
  return now - (since ?? event.timestamp);
}

/** TRAINING_COMPLETED 41 min ago, no EVALUATION_STARTED; usual is 1 min. `now` is the newest event's time. */
export function stallSentence(finding: Finding, now: number): string {
  const { event, awaits, usual_seconds: usual } = finding;
  const waited = formatDuration(waitOf(finding, now));
  const next = awaits.includes(event.event_type) ? 'none since' : `no ${awaits.join(' or ')}`;
  const normal = usual === null ? '' : `; usual is ${formatDuration(usual)}`;
  return `${event.event_type} ${waited} ago, ${next}${normal}`;
}

/** By what a wait was judged, in words. */
export function judgement(finding: Finding): string {
  const { expected_seconds: expected, judged_by: by, samples, config } = finding;
  const limit = expected === null ? '' : `allowed ${formatDuration(expected)}, by `;
  if (by === 'config') return `${limit}the last ${samples} of ${config ?? 'this config'}`;
  if (by === 'all') return `${limit}the last ${samples} of all configs`;
  return `${limit}a fixed limit until there is history`;
}

/** What a finding that is over says. */
export function findingSentence(finding: Finding): string {
  const { kind, event, awaits, took_seconds: took, usual_seconds: usual } = finding;
  if (kind === 'out_of_order') return `${event.event_type} without ${awaits.join(' or ')} before it`;
  const next = awaits.join(' or ');
  const normal = usual === null ? '' : `; usual is ${formatDuration(usual)}`;
  if (took !== null) return `${next} ${formatDuration(took)} after ${event.event_type}${normal}`;
  return finding.resolved
    ? `no ${next} after ${event.event_type}: given up${normal}`
    : `${event.event_type}, no ${next} yet${normal}`;
}
