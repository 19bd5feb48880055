import type { StoredEvent } from '../../events/envelope';
import { numberField } from './fields';
import { write, type Register } from './order';

/** Writes a number of the payload, where it has one; `read` says what counts as one. */
export function writeNumber(
  target: Register<number | null>,
  event: StoredEvent,
  key: string,
  read = numberField,
): void {
  const value = read(event.payload, key);
  if (value !== null) write(target, event, value);
}
