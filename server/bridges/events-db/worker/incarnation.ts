import { createHash } from 'node:crypto';
import type { ReadPosition } from './protocol';

/** What a file looks like from outside and at the row where reading stands. */
export interface LogIdentity {
  /** `<device>:<inode>`. */
  readonly fileId: string;
  /** Mark of the row at the reading position; null when there is none (cleaned up, or never was). */
  readonly mark: string | null;
  /** Highest row id ever given out. */
  readonly sequence: number;
}

/** Mark of a row: enough of it to tell it from another log's row of the same number. */
export function rowMark(columns: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(columns)).digest('hex').slice(0, 16);
}

export function incarnationOf(fileId: string, mark: string | null): string {
  return `${fileId}/${mark ?? ''}`;
}

/**
 * Whether an opened file continues the log that a position speaks of. The inode alone proves nothing: file systems give
 * a deleted file's number to the next one, and a restored copy has another. What counts is the row where reading
 * stands; only when clean-up took that row does the inode decide.
 */
export function continues(position: ReadPosition, found: LogIdentity): boolean {
  const [fileId = '', mark = ''] = position.incarnation.split('/');
  if (found.sequence < position.readRowId) return false;
  if (found.mark !== null && mark !== '') return found.mark === mark;
  return fileId === found.fileId;
}
