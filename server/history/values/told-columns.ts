import { opaqueSlots, testColumn, type ValueTest } from './column';
import { pathHash } from './stripe';

/** A bit for each slot of a stripe; the same ones where nothing is left open. */
export interface Found {
  readonly must: Uint32Array;
  readonly may: Uint32Array;
}

/** What is kept of a path: its column, or null where it has none, and hashes of the paths that are not kept. */
export interface KeptColumn {
  readonly text: string;
  readonly omitted: Buffer | null;
  readonly data: Uint8Array | null;
}

/** True where each column, or that there is none, tells of a comparison. */
export const tell = (columns: readonly KeptColumn[]): boolean =>
  columns.every(({ text, omitted, data }) => data !== null || !mayBeOmitted(omitted, text));

/** Adds what the column of a path, and those of the paths around it, say of a comparison. */
export function addTold(
  [own, ...around]: readonly KeptColumn[],
  test: ValueTest,
  { must, may }: Found,
): void {
  if (own?.data) testColumn(own.data, test, { must, may });
  for (const { data } of around) if (data !== null) opaqueSlots(data, may);
}

function mayBeOmitted(omitted: Buffer | null, path: string): boolean {
  if (omitted === null) return true;
  const hash = pathHash(path);
  for (let at = 0; at < omitted.length; at += 4) if (omitted.readUInt32LE(at) === hash) return true;
  return false;
}

/** Hashes as they are kept. */
export const omittedBytes = (hashes: readonly number[] | null): Buffer | null =>
  hashes && Buffer.from(Uint32Array.from(hashes).buffer);
