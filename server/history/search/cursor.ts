import { BadQueryError } from '../errors';

/** An opaque cursor of `History.query`: the last seq of a page and the direction it was read in. */
export function encodeCursor(seq: number, order: 'asc' | 'desc'): string {
  return Buffer.from(`${order}:${seq}`).toString('base64url');
}

/** Throws BadQueryError for text that `encodeCursor` did not make for this order. */
export function decodeCursor(cursor: string, order: 'asc' | 'desc'): number {
  const text = Buffer.from(cursor.slice(0, 100), 'base64url').toString('latin1');
  const [, issued, digits] = /^(asc|desc):(\d{1,16})$/.exec(text) ?? [];
  const seq = Number(digits);
  // Decoding is lenient: what comes back has to be the very text that was given.
  if ((issued !== 'asc' && issued !== 'desc') || encodeCursor(seq, issued) !== cursor)
    throw new BadQueryError('cursor: not one that this server issued; start again without it');
  if (issued !== order) throw new BadQueryError(`cursor: belongs to order=${issued}; start again without it`);
  return seq;
}
