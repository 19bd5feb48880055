import { matchExpression, valuePhrase } from '../../../domain/events/text/text-match';
import { FILTER_LISTS, type EventFilter } from '../../../domain/realtime/contract';
import { COLUMNS, NOT_INDEXED, querySql, TEXT_COLUMNS, type SqlValue } from './query-sql';

export interface FilterSql {
  /** `events` alone, or the full-text index joined to it: then rows come in the index's rowid order without a sort. */
  readonly from: string;
  readonly where: string;
  readonly params: readonly SqlValue[];
  /** Column that orders by seq. */
  readonly seq: string;
  /** False where rows may come that the query does not ask for: its matcher decides then. */
  readonly exact: boolean;
}

/**
 * The SQL of a filter. User text reaches SQLite as bound values only; the full-text expression is built, never passed
 * through. The index finds candidates (words in order); equality decides.
 */
export function filterSql(filter: EventFilter): FilterSql {
  const conditions: string[] = [];
  const params: SqlValue[] = [];
  const expressions: string[] = [];
  const text = filter.q === undefined ? null : matchExpression(filter.q);
  if (text !== null) expressions.push(`${TEXT_COLUMNS} : (${text})`);
  for (const name of FILTER_LISTS) {
    const values = filter[name];
    if (!values || values.length === 0) continue;
    const column = COLUMNS[name];
    const phrases = NOT_INDEXED.has(name) ? [null] : values.map(valuePhrase);
    if (!phrases.includes(null)) expressions.push(`${column} : (${phrases.join(' OR ')})`);
    conditions.push(`e.${column} IN (${values.map(() => '?').join(', ')})`);
    params.push(...values);
  }
  const bounded = (operator: '>=' | '<=', value: number | undefined): void => {
    if (value === undefined) return;
    conditions.push(`e.timestamp ${operator} ?`);
    params.push(value);
  };
  bounded('>=', filter.since);
  bounded('<=', filter.until);
  const asked = filter.asked ? querySql(filter.asked) : null;
  if (asked) {
    expressions.push(...asked.expressions);
    conditions.push(...asked.conditions);
    params.push(...asked.params);
  }
  const exact = asked?.exact ?? true;
  if (expressions.length === 0) {
    return { from: 'events e', where: conditions.join(' AND ') || '1', params, seq: 'e.seq', exact };
  }
  return {
    from: 'events_fts CROSS JOIN events e ON e.seq = events_fts.rowid',
    where: ['events_fts MATCH ?', ...conditions].join(' AND '),
    params: [expressions.map((expression) => `(${expression})`).join(' AND '), ...params],
    seq: 'events_fts.rowid',
    exact,
  };
}
