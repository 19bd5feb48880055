import { ApiError } from '../errors';
import { asBatch, MAX_BODY_BYTES, publishBody, publishTaken, type Publisher } from '../publish';
import { readJson } from '../read-body';
import { binaryEvent, cloudEventMode, takingCloudEvent } from './cloud-events';

/** What `POST /api/events` takes: events as JSON, CloudEvents in each of their modes. Throws ApiError. */
export async function receive(request: Request, publisher: Publisher): Promise<unknown> {
  const { headers } = request;
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
