import { parse } from 'secure-json-parse';
import { ApiError } from '../refusals/errors';

/**
 * The JSON of a request, at most `limit` bytes, whatever its headers claim. `__proto__` and `constructor.prototype`
 * keys stay what they are in JSON: ordinary members of the object they stand in. Throws ApiError.
 */
export async function readJson(request: Request, limit: number): Promise<unknown> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/([\w.+-]+\+)?json\b/i.test(type))
    throw new ApiError('bad_request', 'send JSON, with Content-Type: application/json');
  const bytes = await readBytes(unpacked(request), limit);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return parse(text, { protoAction: 'ignore', constructorAction: 'ignore' }) as unknown;
  } catch (error) {
    const detail = error instanceof Error ? error.message.slice(0, 120) : 'unreadable';
    throw new ApiError('bad_request', `the body is not valid JSON: ${detail}`);
  }
}

/** The request, when its body is sent as it is. Nothing is unpacked here, so that no small body becomes a large one. Throws ApiError. */
export function unpacked(request: Request): Request {
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding.trim().toLowerCase() !== 'identity')
    throw new ApiError('bad_request', 'Content-Encoding: send the body as it is, not compressed');
  return request;
}

/** Reads on a while past the limit without keeping anything: a client that is cut off mid-way never sees why. */
const PATIENCE = 4;

async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (!request.body) return new Uint8Array();
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size <= limit) chunks.push(chunk);
    else if (size > limit * PATIENCE) break;
  }
  if (size > limit) throw new ApiError('too_large', `the body is larger than ${limit} bytes`);
  return Buffer.concat(chunks);
}
