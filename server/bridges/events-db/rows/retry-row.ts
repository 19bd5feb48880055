import type { DeadLetter } from '../../../history/letters/letter-types';
import type { LogRow } from '../../../router/types';
import { EventsDbError } from '../errors';
import type { RawRow } from './parse-row';
import { parseRow } from './parse-row';

export interface RetryRowParts {
  /** The row as it stands in the file now; null when it is gone. */
  readonly row: (rowId: number) => Promise<RawRow | null>;
  readonly readmit: (
    row: LogRow,
  ) => Promise<{ readonly status: 'stored' | 'exists' } | { readonly status: 'refused'; reason: string }>;
}

/**
 * Reads the row of a dead letter again and hands it to the router. Resolves to why it still cannot enter; null when it
 * has. The letter itself lacks the row's time and machine, so a row that the file no longer has cannot come back.
 */
export async function retryRow(letter: DeadLetter, parts: RetryRowParts): Promise<string | null> {
  const rowId = Number(letter.reference);
  if (!Number.isSafeInteger(rowId) || rowId < 1) return 'The letter does not say which row it was.';
  const raw = await readAgain(rowId, parts);
  if (typeof raw === 'string') return raw;
  const parsed = parseRow(raw, letter.at);
  if (!parsed.ok) return parsed.deadLetter.reason;
  if (isAnother(parsed.row, letter)) {
    return `Row ${rowId} of events.db is another row by now: the file was replaced, or the letter came from an import.`;
  }
  const result = await parts.readmit(parsed.row);
  if (result.status === 'refused') return result.reason;
  if (result.status === 'stored' || parsed.row.eventId === letter.eventId) return null;
  return `Row ${rowId} of events.db is another event by now, which history has already.`;
}

/**
 * A file that somebody is writing to is locked for milliseconds, and one whose rows were changed at the place where
 * reading stands is opened anew (decision 0018): no reason to send an operator away.
 */
const WAITING_TRIES = 20;
const WAITING_PAUSE_MS = 50;

async function readAgain(
  rowId: number,
  { row }: Pick<RetryRowParts, 'row'>,
  left = WAITING_TRIES,
): Promise<RawRow | string> {
  try {
    return (await row(rowId)) ?? `Row ${rowId} is not in events.db any more, so it cannot be read again.`;
  } catch (error) {
    if (!(error instanceof EventsDbError)) throw error;
    if (!isPassing(error) || left === 0) return `Row ${rowId} cannot be read again now: ${error.message}`;
    await new Promise((resolve) => setTimeout(resolve, WAITING_PAUSE_MS));
    return readAgain(rowId, { row }, left - 1);
  }
}

/** Locked or being opened: over in milliseconds. A missing file is not, and many letters may wait behind this one. */
function isPassing({ trouble: { state, kind } }: EventsDbError): boolean {
  return state === 'waiting' && (kind === 'locked' || kind === 'other');
}

/** A repaired row has another content, hence another event id; who wrote what stays the same, where the letter knows. */
function isAnother(row: LogRow, { eventType, source }: DeadLetter): boolean {
  return (eventType !== null && eventType !== row.eventType) || source !== row.source;
}
