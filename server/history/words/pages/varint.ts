/** A place in bytes that is read from front to back. */
export interface Place {
  at: number;
}

/** SQLite's varint at a place: seven bits a byte, the high ones first; a ninth byte is taken whole. */
export function varint(bytes: Uint8Array, place: Place): number {
  let byte = bytes[place.at++] ?? 0;
  if (byte < 0x80) return byte;
  let value = byte & 0x7f;
  for (let length = 2; length <= 9; length++) {
    byte = bytes[place.at++] ?? 0;
    if (length === 9) return value * 256 + byte;
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return value;
  }
  return value;
}
