import { ApiError } from '../refusals/errors';
import { asBatch, MAX_BODY_BYTES, publishBody, publishTaken, type Publisher } from './publish';
import { readJson, unpacked } from '../rest/read-body';
import { publishLines } from './event-lines';
import { binaryEvent, cloudEventMode, takingCloudEvent } from './cloud-events';

const LINES = /^application\/(x-)?ndjson\b/i;

/** What `POST /api/events` takes: events as JSON or as lines of it, CloudEvents in each of their modes. Throws ApiError. */
export async function receive(request: Request, publisher: Publisher): Promise<unknown> {
  const { headers } = request;
  if (LINES.test(headers.get('content-type') ?? '')) return publishLines(unpacked(request), publisher);
  const mode = cloudEventMode(headers);
  if (mode === null) return publishBody(await readJson(request, MAX_BODY_BYTES), publisher);
  const body = await readJson(request, MAX_BODY_BYTES);
  if (mode === 'batch' && !Array.isArray(body))
    throw new ApiError('bad_request', 'application/cloudevents-batch+json: send a JSON array');
  const events = mode === 'batch' ? asBatch(body) : [mode === 'binary' ? binaryEvent(headers, body) : body];
  return publishTaken(
    events.map((event) => takingCloudEvent(event, publisher.scope)),
    publisher,
  );
}
