import type { Connection } from '../../../db/client';
import { EXPORT_COLUMNS, type ExportRow } from '../../../domain/export';
import { bytesToUuid } from '../sql/uuid-bytes';

/** Reads the cells of one event as a format's writer takes them; null where there is no such event. */
export function plainCells(db: Connection): (seq: number) => ExportRow | null {
  const columns = EXPORT_COLUMNS.map(([name]) => (name === 'drift' ? "ifnull(drift, '[]')" : name));
  const row = db
    .prepare<[number], (string | number | Buffer | null)[]>(
      `SELECT ${columns.join(', ')} FROM events WHERE seq = ?`,
    )
    .raw();
  return (seq) => {
    const cells = row.get(seq);
    if (!cells) return null;
    return cells.map((cell, place) => {
      if (!Buffer.isBuffer(cell)) return cell;
      return EXPORT_COLUMNS[place]?.[0] === 'content_hash' ? cell.toString('hex') : bytesToUuid(cell);
    });
  };
}
