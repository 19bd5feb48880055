import * as z from 'zod';
import { importedEvent } from '../../../domain/export';
import { isJsonObject, type JsonObject } from '../../../domain/json';
import { services } from '../../services';
import { checked } from '../rest/query-params';

/** Rows of another log, as `ringside import` read them; the event id is derived from the row, so importing is idempotent. */
const body = z.strictObject({
  rows: z
    .array(
      z.strictObject({
        rowId: z.int().min(0),
        eventType: z.string().min(1).max(200),
        payload: z.custom<JsonObject>(isJsonObject, 'must be a JSON object'),
        eventId: z.uuid(),
        source: z.string(),
        hostname: z.string(),
        timestamp: z.number(),
      }),
    )
    .max(10_000),
  dead_letters: z
    .array(
      z.strictObject({
        kind: z.literal('row'),
        reason: z.string(),
        content: z.string(),
        eventType: z.string().nullable(),
        eventId: z.string().nullable(),
        source: z.string(),
        reference: z.string().nullable(),
        at: z.number(),
      }),
    )
    .max(10_000),
});

/** Events of an NDJSON export; one `import_id` for all parts of a file. */
const eventsBody = z.strictObject({
  import_id: z.uuid(),
  events: z.array(importedEvent).max(10_000),
});

export const MAX_IMPORT_BYTES = 64 * 1024 * 1024;

/** Stores what is not in history yet, rows of a log or exported events, and answers the counts once they are durable. */
export async function importBody(value: unknown): Promise<unknown> {
  if (isJsonObject(value) && 'events' in value) {
    const { events, import_id: importId } = checked(eventsBody, value);
    return services().router.importEvents(events, importId);
  }
  return importRows(value);
}

async function importRows(value: unknown): Promise<unknown> {
  const { rows, dead_letters: letters } = checked(body, value);
  const result = await services().router.importRows(rows);
  await services().history.addDeadLetters(letters);
  return { ...result, deadLetters: result.deadLetters + letters.length };
}
