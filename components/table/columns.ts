import type { ReactNode } from 'react';

export type CellValue = string | number | boolean | null;

export interface Column<T> {
  /** Unique in the table. */
  readonly id: string;
  readonly header: string;
  /** What the figure means, on hover of the header. */
  readonly hint?: string;
  readonly unit?: string;
  readonly align?: 'right';
  /** What the column sorts, filters and copies by; null sorts last, whichever way. */
  readonly value: (row: T) => CellValue;
  /** The value is a time in epoch seconds: it is copied and searched as ISO 8601 in UTC. */
  readonly time?: true;
  /** How it is shown; the value itself when absent. */
  readonly cell?: (row: T) => ReactNode;
  /** Only searched and copied: there is no room for it, and another column says most of it. */
  readonly unseen?: boolean;
  /** Stays in view when the table scrolls sideways; the first column does anyway. */
  readonly pin?: boolean;
}

/** Text in the order people count (gpu-2 before gpu-10), without regard to case. */
const COLLATOR = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Ascending; numbers before texts before booleans, so that a column of mixed values has an order too. */
export function compareValues(a: Exclude<CellValue, null>, b: Exclude<CellValue, null>): number {
  if (typeof a === 'number' && typeof b === 'number') return compareNumbers(a, b);
  if (typeof a === 'string' && typeof b === 'string') return COLLATOR.compare(a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  return RANK[typeof a as keyof typeof RANK] - RANK[typeof b as keyof typeof RANK];
}

const RANK = { number: 0, string: 1, boolean: 2 } as const;

function compareNumbers(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a - b;
}

/** Whether every word of the search occurs in one of the row's values. */
export function matchesWords<T>(row: T, columns: readonly Column<T>[], search: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text = columns.map((column) => cellText(row, column).toLowerCase()).join('\n');
  return words.every((word) => text.includes(word));
}

/** A cell as it is copied, searched and, without a look of its own, shown. */
export function cellText<T>(row: T, column: Column<T>): string {
  const value = column.value(row);
  if (value === null) return '';
  if (column.time === true && typeof value === 'number') return isoTime(value);
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

/** Epoch seconds in UTC, to the second where that says it all; a number that is no time as it is. */
function isoTime(at: number): string {
  const date = new Date(at * 1000);
  return Number.isNaN(date.getTime()) ? String(at) : date.toISOString().replace('.000Z', 'Z');
}

/** The rows as tab-separated values with a line of headers, as spreadsheets take them. */
export function toTsv<T>(rows: readonly T[], columns: readonly Column<T>[]): string {
  const line = (cells: readonly string[]): string => cells.map(tsvCell).join('\t');
  const header = columns.map(({ header: name, unit }) => (unit === undefined ? name : `${name} (${unit})`));
  return [line(header), ...rows.map((row) => line(columns.map((column) => cellText(row, column))))].join(
    '\n',
  );
}

/**
 * Tabs and line ends would break the grid. A text that a spreadsheet would take for a formula is kept a text: payloads
 * are written by others.
 */
function tsvCell(text: string): string {
  const flat = text.replace(/[\t\r\n]+/g, ' ');
  return /^[=+@]|^-(?!\d)/.test(flat) ? `'${flat}` : flat;
}
