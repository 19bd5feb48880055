import type { Connection } from '../../../db/client';

/** How full `ringside.db` is. */
export interface FileSize {
  /** Bytes that hold something. */
  readonly usedBytes: number;
  /** Bytes of the file that hold nothing any more; new events use them first. */
  readonly freeBytes: number;
  /** False for a file made before free bytes were given back: `ringside compact` rewrites it once. */
  readonly givesBack: boolean;
}

export function fileSize(db: Connection): FileSize {
  const number = (pragma: string): number => Number(db.pragma(pragma, { simple: true }));
  const page = number('page_size');
  const free = number('freelist_count');
  return {
    usedBytes: (number('page_count') - free) * page,
    freeBytes: free * page,
    givesBack: number('auto_vacuum') !== 0,
  };
}
