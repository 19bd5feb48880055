/** Of this tab, so that a reload in the middle of a press finds the key again. */
const PREFIX = 'ringside.press.';

/** Slots hold what is asked, which may be long; storage is small. */
const MOST = 500;

function nameOf(slot: string): string {
  if (slot.length <= MOST) return PREFIX + slot;
  // FNV-1a over both halves of each unit: only one tab's open presses must be told apart.
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (let at = 0; at < slot.length; at++) {
    a = Math.imul(a ^ slot.charCodeAt(at), 0x01000193);
    b = Math.imul(b ^ slot.charCodeAt(slot.length - 1 - at), 0x01000193);
  }
  return `${PREFIX}${slot.slice(0, 100)}#${String(slot.length)}.${String(a >>> 0)}.${String(b >>> 0)}`;
}

/** The key under which this is pressed: made at the first press, the same until its outcome is known. */
export function keyFor(slot: string): string {
  const stored = sessionStorage.getItem(nameOf(slot));
  if (stored !== null) return stored;
  const key = newKey();
  sessionStorage.setItem(nameOf(slot), key);
  return key;
}

/** 128 random bits; `randomUUID` is missing where a page comes by plain HTTP from another machine. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

/** The outcome is known: the next press is another one. */
export function settle(slot: string): void {
  sessionStorage.removeItem(nameOf(slot));
}
