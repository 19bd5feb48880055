import { LOUD } from './bins';
import type { DotRing } from './dot-ring';

/** One lane in words and numbers, for those who read rather than look. */
export interface LaneSummary {
  readonly count: number;
  /** Warnings and worse. */
  readonly loud: number;
  readonly newest: { readonly seq: number; readonly eventType: string; readonly time: number } | null;
}

export function summariseLanes(ring: DotRing, from: number, to: number, lanes: number): LaneSummary[] {
  const count = new Uint32Array(lanes);
  const loud = new Uint32Array(lanes);
  const newest = new Int32Array(lanes).fill(-1);
  for (let i = 0; i < ring.size; i++) {
    const [time, lane] = [ring.timeAt(i), ring.laneAt(i)];
    if (time < from || time > to || lane >= lanes) continue;
    count[lane] = (count[lane] ?? 0) + 1;
    if (ring.severityAt(i) >= LOUD) loud[lane] = (loud[lane] ?? 0) + 1;
    newest[lane] = i;
  }
  return Array.from({ length: lanes }, (_, lane): LaneSummary => {
    const i = newest[lane] ?? -1;
    const last = i < 0 ? null : { seq: ring.seqAt(i), eventType: ring.typeAt(i), time: ring.timeAt(i) };
    return { count: count[lane] ?? 0, loud: loud[lane] ?? 0, newest: last };
  });
}
