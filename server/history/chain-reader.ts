import { MAX_MEMBERS, chainsOf, type Chain, type Found, type Lookup } from '../../domain/chains';
import type { StoredEvent } from '../../domain/events/envelope';
import { valuePhrase } from '../../domain/events/text-match';
import type { Connection } from '../../db/client';
import { uuidToBytes } from './bytes';
import { toStoredEvent, type EventColumns } from './event-columns';

/** Candidates looked at on each side of an event: more than a chain lists, so that it is known to go on. */
export const SIDE = MAX_MEMBERS + 50;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

interface Where {
  readonly from: string;
  readonly seq: string;
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** Gathers the chains of an event: a handful of short statements over indexes, each with a limit to both sides. */
export class ChainReader {
  constructor(private readonly all: <Row>(sql: string, params: readonly unknown[]) => Row[]) {}

  static over(db: Connection): ChainReader {
    return new ChainReader((sql, params) => db.prepare(sql).all(...params) as never);
  }

  chains(event: StoredEvent): Chain[] {
    return chainsOf(event, (lookup, around, span) => this.find(lookup, around, span));
  }

  /** Candidates of a lookup near an event. */
  find(lookup: Lookup, around: StoredEvent, span: number): Found {
    const where = whereOf(lookup);
    if (where === null) return { events: [], moreBefore: false, moreAfter: false };
    const before = this.#side(where, around, span, '<=');
    const after = this.#side(where, around, span, '>');
    return {
      events: [...before.slice(0, SIDE).reverse(), ...after.slice(0, SIDE)],
      moreBefore: before.length > SIDE,
      moreAfter: after.length > SIDE,
    };
  }

  #side(
    { from, seq, sql, params }: Where,
    around: StoredEvent,
    span: number,
    side: '<=' | '>',
  ): StoredEvent[] {
    const text =
      `SELECT e.* FROM ${from} WHERE ${sql} AND ${seq} ${side} ? AND e.timestamp BETWEEN ? AND ? ` +
      `AND e.duplicate_of IS NULL ORDER BY ${seq} ${side === '>' ? 'ASC' : 'DESC'} LIMIT ?`;
    const bounds = [around.seq, around.timestamp - span, around.timestamp + span, SIDE + 1];
    return this.all<EventColumns>(text, [...params, ...bounds]).map(toStoredEvent);
  }
}

/** Null for a lookup that no index can answer: a name without a letter or digit, an id that is none. */
function whereOf({ types, config, node, model, payload, correlation, parent, id }: Lookup): Where | null {
  if (correlation !== undefined) return direct('e.correlation_id = ?', correlation);
  if (parent !== undefined) return direct('e.parent_event_id = ?', parent);
  if (id !== undefined) return UUID.test(id) ? direct('e.event_id = ?', uuidToBytes(id)) : null;
  const expressions: string[] = [];
  const conditions: string[] = [];
  const params: unknown[] = [];
  const column = (name: string, values: readonly string[] | undefined): void => {
    if (values === undefined) return;
    const phrases = values.map(valuePhrase);
    if (!phrases.includes(null)) expressions.push(`${name} : (${phrases.join(' OR ')})`);
    conditions.push(`e.${name} IN (${values.map(() => '?').join(', ')})`);
    params.push(...values);
  };
  column('event_type', types);
  column('config', config === undefined ? undefined : [config]);
  column('node', node === undefined ? undefined : [node]);
  column('model', model === undefined ? undefined : [model]);
  if (payload !== undefined) {
    // A text stands in the payload as JSON writes it.
    const phrase = valuePhrase(JSON.stringify(payload).slice(1, -1));
    if (phrase === null) return null;
    expressions.push(`payload : (${phrase})`);
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

function direct(sql: string, value: unknown): Where {
  return { from: 'events e', seq: 'e.seq', sql, params: [value] };
}
