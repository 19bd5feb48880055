/** Of this tab, so that a reload in the middle of a press finds the key again. */
const PREFIX = 'ringside.press.';

/** The key under which this is pressed: made at the first press, the same until its outcome is known. */
export function keyFor(slot: string): string {
  const stored = sessionStorage.getItem(PREFIX + slot);
  if (stored !== null) return stored;
  const key = crypto.randomUUID();
  sessionStorage.setItem(PREFIX + slot, key);
  return key;
}

/** The outcome is known: the next press is another one. */
export function settle(slot: string): void {
  sessionStorage.removeItem(PREFIX + slot);
}
