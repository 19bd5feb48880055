import { EXPORT_COLUMNS, type CellKind, type ExportRow } from './columns';
import { keepTexts } from './kept-texts';

/** `,"name":` before each value; the first opens the object. */
const LEADS = EXPORT_COLUMNS.map(([name], index) => `${index === 0 ? '{' : ','}"${name}":`);
const KINDS = EXPORT_COLUMNS.map(([, kind]) => kind);

const quotedName = keepTexts((text) => JSON.stringify(text));

function jsonText(text: string, kind: CellKind | undefined): string {
  if (kind === 'json') return text;
  if (kind === 'id') return `"${text}"`;
  return kind === 'name' ? quotedName(text) : JSON.stringify(text);
}

/** One event as JSON on one line, without its line break: what `JSON.stringify` makes of its wire form. */
export function jsonLine(row: ExportRow): string {
  let line = '';
  for (let column = 0; column < LEADS.length; column++) {
    const cell = row[column] ?? null;
    line += LEADS[column] ?? '';
    line += typeof cell === 'string' ? jsonText(cell, KINDS[column]) : String(cell);
  }
  return `${line}}`;
}
