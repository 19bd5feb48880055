import type { inferParserType } from 'nuqs/server';
import { createLoader, createMultiParser, createParser } from 'nuqs/server';
import { isEventId } from '@/domain/events/event-id';
import { CATEGORIES } from '@/domain/events/catalogue/categories';
import type { Severity } from '@/domain/events/envelope';
import { SEVERITIES } from '@/domain/events/envelope';
import { readColumns } from '@/components/events/list/list-look';
import { parseQuery, sayMistake } from '@/domain/query';
import type { EventFilter, FilterList } from '@/domain/realtime/contract';
import { readTimeForm } from './look-params';

/**
 * The URL of the events page: what it shows and which event is open. A value that makes no sense is left out, and
 * {@link ignoredValues} names it, so that nobody trusts a list that is not filtered as they think.
 */

/** Longer lists and names than anybody types or picks; beyond them the query would only be slow. */
const MAX_VALUES = 50;
const MAX_LENGTH = 200;

type Reader<T> = (text: string) => T | null;

const CATEGORY_IDS = new Set<string>(CATEGORIES.map(({ id }) => id));

const readText: Reader<string> = (text) => {
  const trimmed = text.trim();
  return trimmed !== '' && parseQuery(trimmed).ok ? trimmed : null;
};
const readName: Reader<string> = (text) => (text !== '' && text.length <= MAX_LENGTH ? text : null);
const readType: Reader<string> = (text) => (/^\w{1,200}$/.test(text) ? text.toUpperCase() : null);
const readCategory: Reader<string> = (text) => (CATEGORY_IDS.has(text) ? text : null);
const readSeverity: Reader<Severity> = (text) => SEVERITIES.find((each) => each === text) ?? null;
const readId: Reader<string> = (text) => (isEventId(text) ? text.toLowerCase() : null);

/** Epoch seconds, from an ISO 8601 time or from epoch seconds written out. */
export const readTime: Reader<number> = (text) => {
  const at = /^\d{1,12}(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text) / 1000;
  return Number.isFinite(at) && at >= 0 && at < 1e11 ? at : null;
};

/** ISO 8601 in UTC, to the second where that says it all. */
export const writeTime = (at: number): string => new Date(at * 1000).toISOString().replace('.000Z', 'Z');

function one<T>(read: Reader<T>, write: (value: T) => string = String) {
  return createParser<T>({ parse: read, serialize: write, eq: (a, b) => write(a) === write(b) });
}

/** Repeated (`?type=A&type=B`); names that cannot hold a comma may also be joined by one. */
function many<T extends string>(read: Reader<T>, commas: boolean) {
  return createMultiParser<T[]>({
    parse: (given) => {
      const values = new Set(split(given, commas).flatMap((text) => read(text) ?? []));
      return values.size === 0 ? null : [...values].slice(0, MAX_VALUES);
    },
    serialize: (values) => values,
    eq: (a, b) => a.join('\n') === b.join('\n'),
  });
}

function split(given: readonly string[], commas: boolean): string[] {
  return given.flatMap((text) => (commas ? text.split(',') : [text])).filter((text) => text !== '');
}

const ONE = {
  q: readText,
  since: readTime,
  until: readTime,
  selected: readId,
  columns: readColumns,
  times: readTimeForm,
} as const;
const MANY = {
  type: { read: readType, commas: true },
  category: { read: readCategory, commas: true },
  severity: { read: readSeverity, commas: true },
  config: { read: readName, commas: true },
  node: { read: readName, commas: false },
  source: { read: readName, commas: false },
  model: { read: readName, commas: false },
} as const satisfies Record<FilterList, unknown>;

export const eventSearch = {
  q: one(ONE.q),
  since: one(ONE.since, writeTime),
  until: one(ONE.until, writeTime),
  selected: one(ONE.selected),
  type: many(MANY.type.read, MANY.type.commas),
  category: many(MANY.category.read, MANY.category.commas),
  severity: many(MANY.severity.read, MANY.severity.commas),
  config: many(MANY.config.read, MANY.config.commas),
  node: many(MANY.node.read, MANY.node.commas),
  source: many(MANY.source.read, MANY.source.commas),
  model: many(MANY.model.read, MANY.model.commas),
};
export type EventSearch = inferParserType<typeof eventSearch>;

export const loadEventSearch = createLoader(eventSearch);

/** The filter alone: without what is open, and without fields that do not filter. */
export function filterOf(search: EventSearch): EventFilter {
  const { q, since, until, type, category, severity, config, node, source, model } = search;
  const lists: Record<FilterList, readonly string[] | null> = {
    type,
    category,
    severity,
    config,
    node,
    source,
    model,
  };
  const given = Object.entries({ ...lists, q, since, until }).filter(([, value]) => value !== null);
  return Object.fromEntries(given);
}

/** One line per value of the URL that was left out, for the reader of the page. */
export function ignoredValues(params: URLSearchParams): string[] {
  const lines: string[] = [];
  for (const [name, read] of Object.entries(ONE)) {
    const text = params.get(name);
    if (text !== null && text !== '' && read(text) === null) lines.push(sayIgnored(name, text));
    if (params.getAll(name).length > 1) lines.push(`${name}: only the first value is used`);
  }
  for (const [name, { read, commas }] of Object.entries(MANY)) {
    const values = split(params.getAll(name), commas);
    for (const text of values) if (read(text) === null) lines.push(sayIgnored(name, text));
    if (values.length > MAX_VALUES) lines.push(`${name}: only the first ${MAX_VALUES} values are used`);
  }
  return lines;
}

function sayIgnored(name: string, text: string): string {
  const parsed = name === 'q' ? parseQuery(text.trim()) : null;
  const why = parsed && !parsed.ok ? ` (${sayMistake(parsed.mistakes[0])})` : '';
  return `${name}: “${text.length > 60 ? `${text.slice(0, 60)}…` : text}” was ignored${why}`;
}
