import {
  MAX_MEMBERS,
  chainsOf,
  type Chain,
  type Find,
  type Found,
  type Lookup,
} from '../../../domain/chains';
import { isEventId } from '../../../domain/events/event-id';
import type { StoredEvent } from '../../../domain/events/envelope';
import { valuePhrase } from '../../../domain/events/text/text-match';
import { uuidToBytes } from '../sql/uuid-bytes';
import { toStoredEvent, type EventColumns } from '../sql/event-columns';

/** Candidates looked at on each side of an event: more than a chain lists, so that it is known to go on. */
export const SIDE = MAX_MEMBERS + 50;

/** So many rows are read through in milliseconds, whatever the size of history: quicker than a walk through the index. */
const SCANNED = 60_000;
/** To each side, at first. */
const NEXT_TO = 25_000;

interface Where {
  readonly from: string;
  readonly seq: string;
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** Gathers the chains of an event: a handful of short statements over indexes, each with a limit to both sides. */
export class ChainReader {
  constructor(private readonly all: <Row>(sql: string, params: readonly unknown[]) => Row[]) {}

  chains(event: StoredEvent): Chain[] {
    return chainsOf(event, this.find);
  }

  /** Candidates of a lookup near an event. */
  readonly find: Find = (lookup, around, span, side = SIDE): Found => {
    if (lookup.near === true) return this.#near(lookup, around, span);
    const where = whereOf(lookup);
    if (where === null) return { events: [], moreBefore: false, moreAfter: false };
    const bounds = [around.timestamp - span, around.timestamp + span, side + 1];
    const ask = (operator: '<=' | '>'): EventColumns[] =>
      this.all(sideSql(where, operator), [...where.params, around.seq, ...bounds]);
    const [before, after] = [ask('<='), ask('>')];
    return {
      events: [...before.slice(0, side).reverse(), ...after.slice(0, side)].map(toStoredEvent),
      moreBefore: before.length > side,
      moreAfter: after.length > side,
    };
  };

  /** Reads through the rows next to an event. */
  #near({ near: _near, ...lookup }: Lookup, around: StoredEvent, span: number): Found {
    const [from, to] = [around.seq - NEXT_TO, around.seq + NEXT_TO];
    const where = whereOf({ ...lookup, between: [from, to] });
    if (where === null) return { events: [], moreBefore: false, moreAfter: false };
    const sql = `SELECT e.* FROM ${where.from} WHERE ${where.sql} AND e.duplicate_of IS NULL ORDER BY e.seq`;
    const rows = this.all<EventColumns>(sql, where.params).map(toStoredEvent);
    const beyond = (operator: '<' | '>', seq: number): number | undefined =>
      this.all<{ timestamp: number }>(
        `SELECT timestamp FROM events WHERE seq ${operator} ? ORDER BY seq ${operator === '<' ? 'DESC' : 'ASC'} LIMIT 1`,
        [seq],
      )[0]?.timestamp;
    return {
      events: rows.filter(({ timestamp }) => Math.abs(timestamp - around.timestamp) <= span),
      moreBefore: (beyond('<', from) ?? -Infinity) >= around.timestamp - span,
      moreAfter: (beyond('>', to) ?? Infinity) <= around.timestamp + span,
    };
  }
}

function sideSql({ from, seq, sql }: Where, operator: '<=' | '>'): string {
  return (
    `SELECT e.* FROM ${from} WHERE ${sql} AND ${seq} ${operator} ? AND e.timestamp BETWEEN ? AND ? ` +
    `AND e.duplicate_of IS NULL ORDER BY ${seq} ${operator === '>' ? 'ASC' : 'DESC'} LIMIT ?`
  );
}

/** Null for a lookup that no index can answer: a name without a letter or digit, an id that is none. */
function whereOf(lookup: Lookup): Where | null {
  const { correlation, parent, id, between } = lookup;
  if (correlation !== undefined) return direct(['e.correlation_id = ?'], [correlation]);
  if (parent !== undefined) return direct(['e.parent_event_id = ?'], [parent]);
  if (id !== undefined) return isEventId(id) ? direct(['e.event_id = ?'], [uuidToBytes(id)]) : null;
  const { conditions, params, expressions } = partsOf(lookup);
  if (between !== undefined) {
    conditions.push('e.seq BETWEEN ? AND ?');
    params.push(...between);
    if (between[1] - between[0] <= SCANNED) return direct(conditions, params);
  }
  if (expressions.length === 0) return null;
  const match = expressions.map((expression) => `(${expression})`).join(' AND ');
  return {
    from: 'events_fts CROSS JOIN events e ON e.seq = events_fts.rowid',
    seq: 'events_fts.rowid',
    sql: ['events_fts MATCH ?', ...conditions].join(' AND '),
    params: [match, ...params],
  };
}

function partsOf({ types, config, node, model, payload, rare }: Lookup) {
  const expressions: string[] = [];
  const conditions: string[] = [];
  const params: unknown[] = [];
  const column = (name: string, values: readonly string[] | undefined, indexed = true): void => {
    if (values === undefined) return;
    const phrases = values.map(valuePhrase);
    if (indexed && !phrases.includes(null)) expressions.push(`${name} : (${phrases.join(' OR ')})`);
    conditions.push(`e.${name} IN (${values.map(() => '?').join(', ')})`);
    params.push(...values);
  };
  // The index walks through all that has a common word, and would gain nothing from it beside a rare one.
  column('event_type', types, rare !== true);
  column('config', config === undefined ? undefined : [config]);
  column('node', node === undefined ? undefined : [node]);
  column('model', model === undefined ? undefined : [model]);
  // A text stands in the payload as JSON writes it.
  const phrase = payload === undefined ? null : valuePhrase(JSON.stringify(payload).slice(1, -1));
  if (phrase !== null) expressions.push(`payload : (${phrase})`);
  // Python writes other letters as escapes; the rules decide about those.
  if (payload !== undefined && /^[ -~]*$/.test(payload)) {
    conditions.push('instr(e.payload, ?) > 0');
    params.push(JSON.stringify(payload).slice(1, -1));
  }
  return { expressions, conditions, params };
}

function direct(conditions: readonly string[], params: readonly unknown[]): Where {
  return { from: 'events e', seq: 'e.seq', sql: conditions.join(' AND '), params };
}
