import crypto from 'node:crypto';

/** SHA-256 of a text as UTF-8, in 64 lower-case hex digits. `crypto.hash` (Node 20.12 and later) needs no hash object per call. */
export const sha256Hex: (text: string) => string =
  typeof crypto.hash === 'function'
    ? (text) => crypto.hash('sha256', text, 'hex')
    : (text) => crypto.createHash('sha256').update(text).digest('hex');
