import { MAX_LETTER_CONTENT, type NewDeadLetter } from '../../history/letters/letter-types';
import type { PreparedEvent } from './prepare';
import type { Refusal } from './payload-limits';
import { prepareRow } from './prepare';
import type { LogRow, RowsSummary } from '../types';

export interface RowsResult extends RowsSummary {
  readonly deadLetters: number;
}

/** Rows that can become events, and dead letters for the others. `at`: epoch seconds. */
export function prepareRows(
  rows: readonly LogRow[],
  at: number,
): { readonly events: PreparedEvent[]; readonly refused: NewDeadLetter[] } {
  const events: PreparedEvent[] = [];
  const refused: NewDeadLetter[] = [];
  for (const row of rows) {
    const prepared = prepareRow(row);
    if (prepared.ok) events.push(prepared.event);
    else refused.push(deadLetter(row, prepared.refusal, at));
  }
  return { events, refused };
}

function deadLetter(row: LogRow, refusal: Refusal, at: number): NewDeadLetter {
  return {
    kind: 'row',
    reason: refusal.message,
    content: excerpt(row.payload),
    eventType: row.eventType,
    eventId: row.eventId,
    source: row.source,
    reference: String(row.rowId),
    at,
  };
}

/** A payload that was refused may be anything, also something that has no JSON text. */
function excerpt(payload: unknown): string {
  try {
    return (JSON.stringify(payload) as string | undefined)?.slice(0, MAX_LETTER_CONTENT) ?? typeof payload;
  } catch (error) {
    return `not expressible as JSON: ${String(error)}`.slice(0, MAX_LETTER_CONTENT);
  }
}
