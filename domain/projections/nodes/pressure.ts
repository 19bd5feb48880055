const PRESSING: ReadonlySet<string> = new Set(['high', 'critical']);

/** Whether a level of backpressure holds work back; `low` and `medium` are notices. */
export function isPressing(level: string | null): boolean {
  return level !== null && PRESSING.has(level);
}
