import type { Mistake } from './ast';

/** A mistake in one line, with its place counted from 1 as people do. */
export function sayMistake({ message, start }: Mistake): string {
  return `at character ${start + 1}: ${message}`;
}

/** The query with a caret under the mistake, for a terminal: control characters are shown as blanks. */
export function pointAt(text: string, { start, end, message }: Mistake): string {
  const from = Math.max(0, start - 40);
  const shown = text.slice(from, from + 76).replace(/[\p{Cc}\p{Bidi_Control}]/gu, ' ');
  const length = Math.max(1, Math.min(end, from + shown.length) - start);
  return `${shown}\n${' '.repeat(start - from)}${'^'.repeat(length)}\n${message}`;
}
