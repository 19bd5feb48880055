import { sha256Hex } from '../../../canonical/sha256';

/** The columns of a row of `events`, as text and numbers; the payload as the exact text in the file. */
export interface RowContent {
  readonly rowId: number;
  readonly eventType: string;
  readonly payloadText: string;
  readonly source: string;
  readonly hostname: string;
  /** Epoch seconds. */
  readonly createdAt: number;
}

const MAX_MILLISECONDS = 2 ** 48 - 1;
const VARIANTS = '89ab';

/**
 * The event id of a row: the same row gives the same id, by whatever path and however often it is read (tail, restart,
 * import, a copy of the file). Shaped as a UUID v7, 48 bits of `createdAt` before 74 bits of SHA-256 over all columns, so
 * that ids sort by time like all others.
 */
export function rowEventId(row: RowContent): string {
  const content = [row.rowId, row.eventType, row.payloadText, row.source, row.hostname, row.createdAt];
  const digest = sha256Hex(JSON.stringify(content));
  const milliseconds = Math.min(Math.max(Math.round(row.createdAt * 1000) || 0, 0), MAX_MILLISECONDS);
  const time = milliseconds.toString(16).padStart(12, '0');
  // The version, 7, and the two bits of the variant, 10, take the place of the digest's own.
  const variant = VARIANTS.charAt(Number.parseInt(digest.charAt(4), 16) & 3);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${digest.slice(1, 4)}-${variant}${digest.slice(5, 8)}-${digest.slice(8, 20)}`;
}
