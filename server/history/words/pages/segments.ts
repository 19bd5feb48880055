import { varint, type Place } from './varint';

const SECOND_LAYOUT = 0xff000001;

/** A part of the index, and its leaf pages. */
export interface Segment {
  readonly id: number;
  readonly first: number;
  readonly last: number;
}

/** The segments of the index, as its record of them says; null where there is none. */
export function readSegments(bytes: Buffer): Segment[] | null {
  if (bytes.length < 8) return null;
  const second = bytes.readUInt32BE(4) === SECOND_LAYOUT;
  const place: Place = { at: second ? 8 : 4 };
  const next = (): number => varint(bytes, place);
  const levels = next();
  // Of all segments; writes.
  next();
  next();
  const segments: Segment[] = [];
  for (let level = 0; level < levels; level++) {
    next();
    for (let left = next(); left > 0; left--) {
      segments.push({ id: next(), first: next(), last: next() });
      // Origins, and what is known of removals.
      if (second) for (let skipped = 0; skipped < 5; skipped++) next();
    }
  }
  return segments;
}
