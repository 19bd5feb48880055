import { CATEGORIES } from '../../../domain/events/catalogue/categories';
import { indexWords } from '../../../domain/events/text/index-alphabet';
import { prefixPhrase, valuePhrase } from '../../../domain/events/text/text-match';
import type { QueryField, QueryNode } from '../../../domain/query';
import type { Connection } from '../../../db/client';
import type { AskedQuery } from '../../../domain/realtime/contract';
import { uuidToBytes } from './uuid-bytes';

export type SqlValue = string | number | Buffer | Uint8Array;

export interface QuerySql {
  /** For the full-text index; all must hold. */
  readonly expressions: readonly string[];
  readonly conditions: readonly string[];
  readonly params: readonly SqlValue[];
  /** False where more rows may pass than the query asks for. */
  readonly exact: boolean;
}

type Condition = { readonly sql: string; readonly params: readonly SqlValue[] };

/** The columns of the full-text index that free text is looked for in. */
export const TEXT_COLUMNS = '{event_type source node config model payload}';
/** Where each field of a query, or of a filter, stands. */
export const COLUMNS = {
  type: 'event_type',
  source: 'source',
  node: 'node',
  config: 'config',
  model: 'model',
  category: 'category',
  severity: 'severity',
  origin: 'origin',
  id: 'event_id',
} as const satisfies Record<QueryField, string>;
/** Fields whose columns the full-text index lacks. */
export const NOT_INDEXED: ReadonlySet<QueryField> = new Set<QueryField>(['severity', 'origin', 'id']);

/**
 * What SQLite can say of a query: each part that must hold becomes an expression of the word index, a condition, or
 * both. What it cannot say is left out, so that nothing that matches is lost, and `exact` is false.
 */
export function querySql({ node, now }: AskedQuery): QuerySql {
  const expressions: string[] = [];
  const conditions: Condition[] = [];
  let exact = true;
  for (const part of required(node)) {
    const expression = candidates(part);
    if (expression !== null) expressions.push(expression);
    if (onlyText(part)) continue;
    const condition = conditionOf(part, now);
    if (condition) conditions.push(condition);
    else exact = false;
  }
  return {
    expressions,
    conditions: conditions.map(({ sql }) => sql),
    params: conditions.flatMap(({ params }) => params),
    exact,
  };
}

/** Full-text expression that holds for every match of a part of a query, or null; exact for text. */
export const indexExpression = (node: QueryNode): string | null => candidates(node);

/** The newest seq up to which the word index holds every event. */
export function indexedUpTo(db: Connection): number {
  return db.prepare<[], number | null>('SELECT max(id) FROM events_fts_docsize').pluck().get() ?? 0;
}

/** What the index is asked of a part of a query, to be tried on events: of a payload term its words. */
export function wordsAlone(node: QueryNode): QueryNode {
  if (node.kind === 'and' || node.kind === 'or') return { ...node, parts: node.parts.map(wordsAlone) };
  if (node.kind !== 'payload') return node;
  const [key = ''] = node.path;
  const texts = node.values.filter((value) => typeof value === 'string');
  const told = node.operator === '=' && texts.length === node.values.length;
  const values: QueryNode = { kind: 'or', parts: texts.map(wholeWords), ...PLACE };
  return { kind: 'and', parts: told ? [wholeWords(key), values] : [wholeWords(key)], ...PLACE };
}

const PLACE = { start: 0, end: 0 };

function wholeWords(text: string): QueryNode {
  return indexWords(text).length === 0
    ? { kind: 'all', ...PLACE }
    : { kind: 'text', text, prefix: false, ...PLACE };
}

function required(node: QueryNode): QueryNode[] {
  if (node.kind === 'all') return [];
  return node.kind === 'and' ? node.parts.flatMap(required) : [node];
}

function onlyText(node: QueryNode): boolean {
  if (node.kind === 'and' || node.kind === 'or') return node.parts.every(onlyText);
  return node.kind === 'text';
}

/** Full-text expression that holds for every match of the node (for others too), or null where there is none. */
function candidates(node: QueryNode): string | null {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const parts = node.parts.map(candidates);
      const known = parts.filter((part) => part !== null);
      if (known.length === 0 || (node.kind === 'or' && known.length < parts.length)) return null;
      return known.map((part) => `(${part})`).join(node.kind === 'and' ? ' AND ' : ' OR ');
    }
    case 'text': {
      const phrase = valuePhrase(node.text);
      if (phrase === null) return null;
      const sought = `${phrase}${node.prefix ? '*' : ''}`;
      return mayBeCategory(node.text, node.prefix) ? `${TEXT_COLUMNS} : (${sought})` : sought;
    }
    case 'field':
      return NOT_INDEXED.has(node.field) ? null : phrases(COLUMNS[node.field], node.values, node.prefixes);
    case 'payload':
      return payloadCandidates(node);
    case 'all':
    case 'not':
    case 'time':
      return null;
  }
}

/** Key and texts stand in a payload as JSON writes them; a field that is not there never matches. */
function payloadCandidates({
  path: [key = ''],
  operator,
  values,
}: Extract<QueryNode, { kind: 'payload' }>): string | null {
  const asJson = (text: string): string => JSON.stringify(text).slice(1, -1);
  const named = phrases('payload', [asJson(key)]);
  const texts = values.filter((value) => typeof value === 'string');
  const told =
    operator === '=' && texts.length === values.length ? phrases('payload', texts.map(asJson)) : null;
  return named !== null && told !== null ? `(${named}) AND (${told})` : (told ?? named);
}

const CATEGORY_WORDS = CATEGORIES.map(({ id }) => indexWords(id));

/**
 * Whether a phrase may stand in the name of a category, the one column that words are not looked for in. Everywhere else
 * the index need not sort its finds by column, which takes as long again.
 */
export function mayBeCategory(text: string, prefix: boolean): boolean {
  const words = indexWords(text);
  const last = words.pop() ?? '';
  return CATEGORY_WORDS.some(
    (all) =>
      words.every((word) => all.includes(word)) &&
      all.some((word) => (prefix ? word.startsWith(last) : word === last)),
  );
}

function phrases(column: string, values: readonly string[], prefixes: readonly string[] = []): string | null {
  const all = [...values.map(valuePhrase), ...prefixes.map(prefixPhrase)];
  return all.includes(null) ? null : `${column} : (${all.join(' OR ')})`;
}

/** The node as a condition that is never NULL, or null where SQL would not decide as the matcher does. */
function conditionOf(node: QueryNode, now: number): Condition | null {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const parts = node.parts.map((part) => conditionOf(part, now));
      const known = parts.filter((part) => part !== null);
      if (known.length < parts.length) return null;
      const sql = known.map((part) => part.sql).join(node.kind === 'and' ? ' AND ' : ' OR ');
      return { sql: `(${sql})`, params: known.flatMap(({ params }) => params) };
    }
    case 'not': {
      const part = conditionOf(node.part, now);
      return part && { sql: `NOT ${part.sql}`, params: part.params };
    }
    case 'field': {
      const column = `e.${COLUMNS[node.field]}`;
      const marks = node.values.map(() => '?').join(', ');
      const begins = node.prefixes.map(() => ` OR substr(CAST(${column} AS BLOB), 1, ?) = ?`).join('');
      const values = node.field === 'id' ? node.values.map(uuidToBytes) : node.values;
      const prefixes = node.prefixes.flatMap((prefix) => [Buffer.byteLength(prefix), Buffer.from(prefix)]);
      return {
        sql: `(${column} IS NOT NULL AND (${column} IN (${marks})${begins}))`,
        params: [...values, ...prefixes],
      };
    }
    case 'time': {
      const at = 'at' in node.moment ? node.moment.at : now - node.moment.ago;
      return { sql: `(e.timestamp ${node.operator} ?)`, params: [at] };
    }
    case 'all':
    case 'text':
    case 'payload':
      return null;
  }
}
