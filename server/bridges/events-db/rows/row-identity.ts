import { createHash } from 'node:crypto';

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

/**
 * The event id of a row: the same row gives the same id, by whatever path and however often it is read (tail, restart,
 * import, a copy of the file). Shaped as a UUID v7, 48 bits of `createdAt` before 74 bits of SHA-256 over all columns, so
 * that ids sort by time like all others.
 */
export function rowEventId(row: RowContent): string {
  const content = [row.rowId, row.eventType, row.payloadText, row.source, row.hostname, row.createdAt];
  const digest = createHash('sha256').update(JSON.stringify(content)).digest();
  const milliseconds = Math.min(Math.max(Math.round(row.createdAt * 1000) || 0, 0), MAX_MILLISECONDS);
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(milliseconds, 0, 6);
  digest.copy(bytes, 6, 0, 10);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
