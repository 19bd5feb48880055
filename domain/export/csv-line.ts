import { EXPORT_COLUMNS, type CellKind, type ExportRow } from './columns';
import { keepTexts } from './kept-texts';

/** Signs with which a spreadsheet takes a cell for a formula, and the apostrophe itself, so that taking one off gives the text back. */
const SUSPICIOUS = /^[=+\-@\t\r\n']/;
const NEEDS_QUOTES = /[",\r\n]/;
const KINDS = EXPORT_COLUMNS.map(([, kind]) => kind);

/** The first line: the names of the columns. */
export const CSV_HEADER = EXPORT_COLUMNS.map(([name]) => name).join(',');

/**
 * A text as a cell of RFC 4180. One that a spreadsheet might run as a formula gets an apostrophe in front. An empty
 * text is `""`; nothing at all means null.
 */
export function csvText(text: string): string {
  const safe = SUSPICIOUS.test(text) ? `'${text}` : text;
  return safe === '' || NEEDS_QUOTES.test(safe) ? inQuotes(safe) : safe;
}

function inQuotes(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

const csvName = keepTexts(csvText);

function csvCell(text: string, kind: CellKind | undefined): string {
  if (kind === 'id') return text;
  // It begins with a bracket, so no spreadsheet runs it.
  if (kind === 'json') return inQuotes(text);
  return kind === 'name' ? csvName(text) : csvText(text);
}

/** One event as a line of CSV, without its line break. JSON stands in one cell. */
export function csvLine(row: ExportRow): string {
  let line = '';
  for (let column = 0; column < KINDS.length; column++) {
    const cell = row[column] ?? null;
    if (column > 0) line += ',';
    if (typeof cell === 'string') line += csvCell(cell, KINDS[column]);
    else if (cell !== null) line += String(cell);
  }
  return line;
}
