import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../../db/client';
import { EXPORT_COLUMNS, WRITERS, type ExportFormat } from '../../../domain/export';
import { plainCells } from './plain-cells';

/** What SQLite makes of an event: its line in three parts, between which its id and its times are written here. */
export type LineCells = [
  seq: number,
  names: string,
  id: string,
  body: string,
  timestamp: number,
  received: number,
  tail: string,
];
type Order = 'asc' | 'desc';
type Column = (typeof EXPORT_COLUMNS)[number];

/** How SQLite is to write the cells of a format. */
interface Style {
  readonly lead: (name: string, place: number) => string;
  /** Around a text. */
  readonly quote: string;
  readonly nothing: string;
  /** SQL of a cell that holds JSON. */
  readonly json: (sql: string) => string;
  readonly end: string;
  /** Tells the names of one event apart, for `special`. */
  readonly before: string;
  /** A name has a sign that the format writes in another way. */
  readonly special: RegExp;
}

const json = (end: string): Style => ({
  lead: (name, place) => `${place === 0 ? '{' : ','}"${name}":`,
  quote: '"',
  nothing: 'null',
  json: (sql) => sql,
  end: `}${end}`,
  before: '',
  special: /["\\\x00-\x1f]/,
});
const STYLES: Readonly<Record<ExportFormat, Style>> = {
  ndjson: json('\n'),
  json: json(''),
  csv: {
    lead: (_name, place) => (place === 0 ? '' : ','),
    quote: '',
    nothing: '',
    json: (sql) => `'"' || replace(${sql}, '"', '""') || '"'`,
    end: '\r\n',
    before: '\x1f',
    // Quotes, what a spreadsheet takes for a formula, and an empty text, which is not nothing.
    special: /[",\r\n]|\x1f(?:[=+\-@\t'\x1f]|$)/,
  },
};

/** Matches of a search that are read together. */
export const AT_ONCE = 32;

/**
 * Writes the lines of a format, mostly within SQLite: of each event seven values cross to JavaScript instead of 21, and one
 * text is put together instead of forty. Events with a name that needs an escape are written by the format's own writer.
 */
export class ExportLines {
  readonly between: Readonly<Record<Order, Statement<[number, number], LineCells>>>;
  readonly these: Readonly<Record<Order, Statement<[number[]], LineCells>>>;
  readonly #plain: ReturnType<typeof plainCells>;
  readonly #style: Style;
  readonly #lead: string;
  readonly #betweenTimes: string;

  constructor(
    db: Connection,
    private readonly format: ExportFormat,
  ) {
    this.#style = STYLES[format];
    this.#plain = plainCells(db);
    const [times, { lead, quote }] = [EXPORT_COLUMNS.findIndex(isName('received_at')), this.#style];
    this.#lead = lead('event_id', 0) + quote;
    this.#betweenTimes = lead('received_at', times);
    const select = `SELECT ${cellsOf(this.#style)} FROM events e WHERE`;
    const between = (order: Order) =>
      db
        .prepare<[number, number], LineCells>(`${select} e.seq BETWEEN ? AND ? ORDER BY e.seq ${order}`)
        .raw();
    const marks = Array(AT_ONCE).fill('?').join(', ');
    const these = (order: Order) =>
      db.prepare<[number[]], LineCells>(`${select} e.seq IN (${marks}) ORDER BY e.seq ${order}`).raw();
    this.between = { asc: between('asc'), desc: between('desc') };
    this.these = { asc: these('asc'), desc: these('desc') };
  }

  /** The event's line; nothing where it has just been removed. */
  line([seq, names, id, body, timestamp, received, tail]: LineCells, first: boolean): string {
    if (this.#style.special.test(names)) {
      const cells = this.#plain(seq);
      return cells === null ? '' : WRITERS[this.format].event(cells, first);
    }
    const begin = this.format === 'json' && !first ? `,\n${this.#lead}` : this.#lead;
    const uuid = `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`;
    return `${begin}${uuid}${body}${String(timestamp)}${this.#betweenTimes}${String(received)}${tail}`;
  }
}

function cellsOf(style: Style): string {
  const [stamp, received] = [
    EXPORT_COLUMNS.findIndex(isName('timestamp')),
    EXPORT_COLUMNS.findIndex(isName('received_at')),
  ];
  const written = (from: number, to: number): string[] =>
    EXPORT_COLUMNS.slice(from, to).flatMap((column, place) => [
      text(style.lead(column[0], from + place)),
      valueOf(column, style),
    ]);
  const body = [text(style.quote), ...written(1, stamp), text(style.lead('timestamp', stamp))];
  const tail = [...written(received + 1, EXPORT_COLUMNS.length), text(style.end)];
  const names = EXPORT_COLUMNS.filter(([, kind]) => kind === 'name' || kind === 'text').map(
    ([name]) => `ifnull(${text(style.before)} || e.${name}, '')`,
  );
  const all = ['e.seq', names, 'lower(hex(e.event_id))', body, 'e.timestamp', 'e.received_at', tail];
  return all.map((each) => (typeof each === 'string' ? each : each.join(' || '))).join(', ');
}

function valueOf([name, kind]: Column, { quote, nothing, json }: Style): string {
  const column = `e.${name}`;
  const quoted = (sql: string): string => (quote === '' ? sql : `${text(quote)} || ${sql} || ${text(quote)}`);
  if (kind === 'json') return json(`ifnull(${column}, '[]')`);
  if (kind === 'number') return `ifnull(${column}, ${text(nothing)})`;
  if (kind !== 'id') return `ifnull(${quoted(column)}, ${text(nothing)})`;
  // All but hashes are UUIDs.
  const value = name === 'content_hash' ? `lower(hex(${column}))` : uuidOf(column);
  return `CASE WHEN ${column} IS NULL THEN ${text(nothing)} ELSE ${quoted(value)} END`;
}

function uuidOf(column: string): string {
  const parts = [
    [1, 4],
    [5, 2],
    [7, 2],
    [9, 2],
    [11, 6],
  ].map(([from, bytes]) => `lower(hex(substr(${column}, ${String(from)}, ${String(bytes)})))`);
  return parts.join(" || '-' || ");
}

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const isName =
  (wanted: Column[0]) =>
  ([name]: Column): boolean =>
    name === wanted;
