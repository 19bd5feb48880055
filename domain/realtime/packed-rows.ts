import type { EventRow, Origin, Severity } from '../events/envelope';

/**
 * Rows as they travel to pages: about 150 bytes a row instead of 400, which decides whether a list of 200 events a second
 * fits a browser's share. What many rows of a frame have in common stands once in `texts`.
 */
export type PackedRows = {
  readonly texts: readonly (string | null)[];
  readonly rows: readonly PackedRow[];
};

/** The rest of a row are texts by their index. Times are as in the row: epoch seconds, with all their digits. */
type PackedRow = readonly [
  seq: number,
  eventId: string,
  timestamp: number,
  receivedAt: number,
  summary: string,
  drift: number,
  duplicate: 0 | 1,
  eventType: number,
  category: number,
  severity: number,
  source: number,
  origin: number,
  node: number,
  config: number,
  model: number,
  found: number,
];

export const NO_ROWS: PackedRows = { texts: [], rows: [] };

export function packRows(rows: readonly EventRow[]): PackedRows {
  const texts = new Map<string | null, number>();
  const indexOf = (text: string | null): number => {
    let index = texts.get(text);
    if (index === undefined) texts.set(text, (index = texts.size));
    return index;
  };
  const packed = rows.map((row): PackedRow => [
    row.seq,
    row.event_id,
    row.timestamp,
    row.received_at,
    row.summary,
    row.drift,
    row.duplicate ? 1 : 0,
    indexOf(row.event_type),
    indexOf(row.category),
    indexOf(row.severity),
    indexOf(row.source),
    indexOf(row.origin),
    indexOf(row.node),
    indexOf(row.config),
    indexOf(row.model),
    indexOf(row.found ?? null),
  ]);
  return { texts: [...texts.keys()], rows: packed };
}

export function unpackRows({ texts, rows }: PackedRows): EventRow[] {
  const textAt = (index: number): string | null => texts[index] ?? null;
  return rows.map(
    ([seq, id, timestamp, received, summary, drift, duplicate, type, category, severity, ...more]) => {
      const [source, origin, node, config, model, found] = more;
      const foundText = textAt(found);
      return {
        seq,
        event_id: id,
        event_type: textAt(type) ?? '',
        category: textAt(category) ?? '',
        severity: (textAt(severity) ?? 'info') as Severity,
        source: textAt(source) ?? '',
        origin: (textAt(origin) ?? 'router') as Origin,
        node: textAt(node),
        config: textAt(config),
        model: textAt(model),
        timestamp,
        received_at: received,
        duplicate: duplicate === 1,
        drift,
        summary,
        ...(foundText !== null && { found: foundText }),
      };
    },
  );
}
