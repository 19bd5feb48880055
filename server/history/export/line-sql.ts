import { EXPORT_COLUMNS, type ExportFormat } from '../../../domain/export';

type Column = (typeof EXPORT_COLUMNS)[number];

/** How SQLite is to write the cells of a format. */
interface Style {
  readonly lead: (name: string, place: number) => string;
  /** Around a text. */
  readonly quote: string;
  readonly nothing: string;
  /** The parts of a cell that holds JSON. */
  readonly json: (sql: string) => readonly string[];
  readonly end: string;
  /** Before each name, so that the beginnings of names can be seen in a row of them. */
  readonly mark: string;
  /** In names that stand in a row: one of them is written in another way than it is. */
  readonly special: RegExp;
}

/** In a JSON array this stands before each event; before the first it is left out. */
export const BETWEEN = ',\n';

const json = (begin: string, end: string): Style => ({
  lead: (name, place) => `${place === 0 ? `${begin}{` : ','}"${name}":`,
  quote: '"',
  nothing: 'null',
  json: (sql) => [sql],
  end: `}${end}`,
  mark: '',
  special: /["\\\x00-\x1f]/,
});
const STYLES: Readonly<Record<ExportFormat, Style>> = {
  ndjson: json('', '\n'),
  json: json(BETWEEN, ''),
  csv: {
    lead: (_name, place) => (place === 0 ? '' : ','),
    quote: '',
    nothing: '',
    json: (sql) => [text('"'), `replace(${sql}, '"', '""')`, text('"')],
    end: '\r\n',
    mark: '\x1f',
    // Quotes, what a spreadsheet takes for a formula, and an empty text, which is not nothing.
    special: /[",\r\n]|\x1f(?:[=+\-@\t'\x1f]|$)/,
  },
};

/** What of a format's lines SQLite makes: SQL over a row `e` of `events`. */
export interface LineSql {
  /** The whole line. */
  readonly line: string;
  /** The names that stand in it, in a row. */
  readonly names: string;
  /** Tells of the names of any number of events that the line of one of them is not as SQL makes it. */
  readonly special: RegExp;
  /** 1 where a time is none whose digits are known here. */
  readonly oddTime: string;
}

export function lineSql(format: ExportFormat): LineSql {
  const style = STYLES[format];
  const parts = EXPORT_COLUMNS.flatMap((column, place) => [
    text(style.lead(column[0], place)),
    ...cell(column, style),
  ]);
  // Nothing adds nothing to what is put together.
  const names = EXPORT_COLUMNS.filter(([, kind]) => kind === 'name' || kind === 'text').map(([name]) =>
    style.mark === '' ? `e.${name}` : `${text(style.mark)} || e.${name}`,
  );
  return {
    line: `concat(${joined([...parts, text(style.end)]).join(', ')})`,
    names: `concat(${names.join(', ')})`,
    special: style.special,
    oddTime: `NOT (${['timestamp', 'received_at'].map(isKnownTime).join(' AND ')})`,
  };
}

/** Texts that follow each other as one. */
function joined(parts: readonly string[]): string[] {
  const all: string[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (last?.endsWith("'") && last.startsWith("'") && part.startsWith("'") && part.endsWith("'"))
      all[all.length - 1] = last.slice(0, -1) + part.slice(1);
    else all.push(part);
  }
  return all.filter((part) => part !== "''");
}

function cell([name, kind]: Column, { quote, nothing, json }: Style): readonly string[] {
  const column = `e.${name}`;
  const quoted = (sql: string): string =>
    quote === '' ? sql : `concat(${text(quote)}, ${sql}, ${text(quote)})`;
  const orNothing = (sql: string): string[] =>
    sql === column && quote === '' && nothing === ''
      ? [column]
      : [`iif(${column} IS NULL, ${text(nothing)}, ${quoted(sql)})`];
  const always = (sql: string): string[] => [text(quote), sql, text(quote)];
  if (name === 'event_id') return always(uuidOf(column));
  if (name === 'content_hash') return always(`lower(hex(${column}))`);
  if (name === 'timestamp' || name === 'received_at') return [timeOf(column)];
  if (name === 'drift') return json(`ifnull(${column}, '[]')`);
  if (kind === 'json') return json(column);
  if (kind === 'number') return [nothing === '' ? column : `ifnull(${column}, ${text(nothing)})`];
  return orNothing(kind === 'id' ? uuidOf(column) : column);
}

function uuidOf(column: string): string {
  const parts = [
    [1, 4],
    [5, 2],
    [7, 2],
    [9, 2],
    [11, 6],
  ].map(([from, bytes]) => `hex(substr(${column}, ${String(from)}, ${String(bytes)}))`);
  return `lower(concat(${parts.join(", '-', ")}))`;
}

/** From 2004 to 2038 neighbouring times lie 2^-22 seconds apart. */
const isKnownTime = (name: string): string => `e.${name} >= 1073741824 AND e.${name} < 2147483648`;

/**
 * The fewest digits that tell a time from its neighbours, as JavaScript writes it; SQLite's own are others. What a division by
 * a power of ten gives back had no more digits. Seven are always enough, and are made of whole numbers.
 */
export function timeOf(column: string): string {
  const whole = `CAST(${column} AS INTEGER)`;
  const scaled = (by: number): string => `CAST(${column} * ${String(by)} + 0.5 AS INTEGER)`;
  const isExact = (by: number): string => `${scaled(by)} / ${String(by)}.0 = ${column}`;
  const digits = (by: number): string =>
    `rtrim(concat(${scaled(by)} / ${String(by)}, '.', substr(${scaled(by)} % ${String(by)} + ${String(by)}, 2)), '0')`;
  // Of two that are as near the even one.
  const parts = `(CAST(${column} * 4194304 AS INTEGER) & 4194303) * 20000000`;
  const seven = `((${parts} + 4194303 + ((${parts} >> 23) & 1)) >> 23) + 10000000`;
  return (
    // Up to fifteen digits SQLite writes as JavaScript does.
    `CASE WHEN ${whole} = ${column} THEN ${whole} WHEN ${isExact(1_000)} THEN CAST(${column} AS TEXT) ` +
    `WHEN ${isExact(1_000_000)} THEN ${digits(1_000_000)} ELSE concat(${whole}, '.', substr(${seven}, 2)) END`
  );
}

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
