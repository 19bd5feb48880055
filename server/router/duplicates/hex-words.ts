const DIGITS = new Uint8Array(128);
for (let value = 0; value < 16; value++) DIGITS[value.toString(16).charCodeAt(0)] = value;
const DASH = 45;

/** Reads four words from a text of 32 hex digits or more, as hashes and UUIDs are written (in lower case). */
export function readWords(hex: string, into: Uint32Array, at: number): void {
  let position = 0;
  for (let word = 0; word < 4; word++) {
    let value = 0;
    for (let digit = 0; digit < 8; digit++) {
      let code = hex.charCodeAt(position++);
      if (code === DASH) code = hex.charCodeAt(position++);
      value = (value << 4) | (DIGITS[code] ?? 0);
    }
    into[at + word] = value;
  }
}
