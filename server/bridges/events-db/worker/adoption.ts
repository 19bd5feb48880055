import type { ForwardedRow, OutRow } from './protocol';

/**
 * Which of these events are in the file already, because an earlier run was killed between inserting them and noting
 * it. Insertion is one transaction per batch and in order, so what is there is a leading part; each row serves once.
 */
export function adoptRows(
  rows: readonly OutRow[],
  identical: (row: OutRow) => readonly number[],
): ForwardedRow[] {
  const taken = new Set<number>();
  const adopted: ForwardedRow[] = [];
  for (const row of rows) {
    const id = identical(row).find((candidate) => !taken.has(candidate));
    if (id === undefined) break;
    taken.add(id);
    adopted.push({ seq: row.seq, queueEventId: id });
  }
  return adopted;
}
