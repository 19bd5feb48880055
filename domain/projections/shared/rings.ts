/** Counts per slot of event time, the newest `span` of them. `counts` is indexed by slot modulo span, and empty until the first. */
export type Ring = { newest: number; counts: number[] };

export function newRing(): Ring {
  return { newest: -Infinity, counts: [] };
}

/** Adds to a slot; one that lies `span` or more before the newest is over and done with. */
export function addToSlot(ring: Ring, slot: number, span: number, amount = 1): void {
  if (slot > ring.newest) advance(ring, slot, span);
  else if (slot <= ring.newest - span) return;
  const at = placeOf(slot, span);
  ring.counts[at] = (ring.counts[at] ?? 0) + amount;
}

function placeOf(slot: number, span: number): number {
  return ((slot % span) + span) % span;
}

function advance(ring: Ring, slot: number, span: number): void {
  if (ring.counts.length === 0 || slot - ring.newest >= span) {
    ring.counts = new Array<number>(span).fill(0);
  } else {
    for (let passed = ring.newest + 1; passed <= slot; passed += 1) ring.counts[placeOf(passed, span)] = 0;
  }
  ring.newest = slot;
}

/** The counts of the slots `from` to `to` (both included), oldest first; zero for those that are not kept. */
export function slotsOf(ring: Ring, span: number, from: number, to: number): number[] {
  const result: number[] = [];
  for (let slot = from; slot <= to; slot += 1) {
    const kept = slot <= ring.newest && slot > ring.newest - span;
    result.push(kept ? (ring.counts[placeOf(slot, span)] ?? 0) : 0);
  }
  return result;
}
