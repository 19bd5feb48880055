import { matchExpression } from '../../domain/events/text-match';
import type { EventFilter } from '../../domain/realtime/contract';

export interface FilterSql {
  /** `events` alone, or the full-text index joined to it: then rows come in the index's rowid order without a sort. */
  readonly from: string;
  readonly where: string;
  readonly params: readonly (string | number)[];
  /** Column that orders by seq. */
  readonly seq: string;
}

const LISTS = {
  type: 'event_type',
  category: 'category',
  node: 'node',
  config: 'config',
  model: 'model',
  source: 'source',
  severity: 'severity',
} as const;

/** The SQL of a filter. User text reaches SQLite as bound values only; the full-text expression is built, never passed through. */
export function filterSql(filter: EventFilter): FilterSql {
  const conditions: string[] = [];
  const params: (string | number)[] = [];
  const match = filter.q === undefined ? null : matchExpression(filter.q);
  if (match !== null) {
    conditions.push('events_fts MATCH ?');
    params.push(match);
  }
  for (const [name, column] of Object.entries(LISTS)) {
    const values = filter[name as keyof typeof LISTS];
    if (!values || values.length === 0) continue;
    conditions.push(`e.${column} IN (${values.map(() => '?').join(', ')})`);
    params.push(...values);
  }
  if (filter.since !== undefined) addBound('>=', filter.since);
  if (filter.until !== undefined) addBound('<=', filter.until);

  function addBound(operator: string, value: number): void {
    conditions.push(`e.timestamp ${operator} ?`);
    params.push(value);
  }
  return {
    from: match === null ? 'events e' : 'events_fts CROSS JOIN events e ON e.seq = events_fts.rowid',
    where: conditions.length === 0 ? '1' : conditions.join(' AND '),
    params,
    seq: match === null ? 'e.seq' : 'events_fts.rowid',
  };
}
