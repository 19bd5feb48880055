import type { ExportRow } from './columns';
import { CSV_HEADER, csvLine } from './csv-line';
import { jsonLine } from './json-line';

export const EXPORT_FORMATS = ['ndjson', 'csv', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** How a format writes a file: `start`, then the events, then `end`. */
export interface FormatWriter {
  readonly mediaType: string;
  readonly start: string;
  readonly end: string;
  /** One event; `first`: none stands before it. */
  readonly event: (row: ExportRow, first: boolean) => string;
}

/** Each event begins a line of its own in every format, so that whoever reads along can count them. */
export const WRITERS: Readonly<Record<ExportFormat, FormatWriter>> = {
  ndjson: {
    mediaType: 'application/x-ndjson; charset=utf-8',
    start: '',
    end: '',
    event: (row) => `${jsonLine(row)}\n`,
  },
  csv: {
    mediaType: 'text/csv; charset=utf-8; header=present',
    start: `${CSV_HEADER}\r\n`,
    end: '',
    event: (row) => `${csvLine(row)}\r\n`,
  },
  json: {
    mediaType: 'application/json; charset=utf-8',
    start: '[\n',
    end: '\n]\n',
    event: (row, first) => `${first ? '' : ',\n'}${jsonLine(row)}`,
  },
};
