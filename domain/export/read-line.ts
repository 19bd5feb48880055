import * as z from 'zod';
import { ORIGINS } from '../events/envelope';
import { isJsonObject, type JsonObject } from '../json';

/** What an import takes over of an exported event. All else is derived anew, or given by the history that it enters. */
export const importedEvent = z.object({
  event_id: z.uuid('must be a UUID').transform((id) => id.toLowerCase()),
  /** Never taken over, but told where it is not that of the content. */
  content_hash: z.string('must be text or null').nullish(),
  event_type: z.string('must be text').min(1, 'must not be empty'),
  wire_type: z.string('must be text or null').nullish(),
  payload: z.custom<JsonObject>(isJsonObject, 'must be a JSON object'),
  source: z.string('must be text'),
  hostname: z.string('must be text'),
  origin: z.enum(ORIGINS, `must be one of ${ORIGINS.join(', ')}`).optional(),
  timestamp: z.number('must be epoch seconds'),
  correlation_id: z.string('must be text or null').nullish(),
  parent_event_id: z.string('must be text or null').nullish(),
  duplicate_of: z
    .uuid('must be a UUID or null')
    .transform((id) => id.toLowerCase())
    .nullish(),
  queue_event_id: z.int('must be a row id or null').min(0, 'must be a row id or null').nullish(),
});
export type ImportedEvent = z.infer<typeof importedEvent>;

export type ReadLine =
  | { readonly ok: true; readonly event: ImportedEvent }
  | { readonly ok: false; readonly reason: string };

/** One line of an NDJSON export; a line that is no event says why. Never throws. */
export function readLine(text: string): ReadLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, reason: notJson(text, error) };
  }
  if (!isJsonObject(value)) return { ok: false, reason: 'no JSON object: each line holds one event' };
  const result = importedEvent.safeParse(value);
  if (result.success) return { ok: true, event: result.data };
  const issue = result.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  const missing = field !== '' && !Object.hasOwn(value, field);
  return {
    ok: false,
    reason: missing ? `${field} is missing` : `${field} ${issue?.message ?? 'is not valid'}`,
  };
}

function notJson(text: string, error: unknown): string {
  if (/^\s*[[\]]\s*$/.test(text) || /^\s*\{.*\},\s*$/.test(text))
    return 'no event, but a part of a JSON array: export as ndjson to import';
  return `not valid JSON: ${error instanceof Error ? error.message.slice(0, 120) : 'unreadable'}`;
}
