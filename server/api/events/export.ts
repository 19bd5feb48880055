import { EXPORT_FORMATS, WRITERS, type ExportFormat } from '../../../domain/export';
import type { Principal } from '../../../domain/access/principal';
import type { ExportTotal } from '../../../domain/export/total';
import type { EventFilter } from '../../../domain/realtime/contract';
import type { History } from '../../history/types';
import { services } from '../../services';
import { watchAccess } from '../refusals/access-ended';
import { ApiError } from '../refusals/errors';
import { exportStream } from './export-stream';
import { FILTER_PARAMS, filterFromParams, paramsOf } from '../rest/query-params';

/** Each holds a connection and asks a reader thread in turns; more of them at a time would only slow each other down. */
export const MAX_EXPORTS = 8;
/** Where counting one by one stops. */
const COUNT_LIMIT = 100_000;

/** Counted over all requests: route handlers are bundled apart from the server, but into one module of their own. */
let underWay = 0;

/**
 * `GET /api/events/export`, cut off when the caller's access ends. Throws ApiError `bad_request` that names the parameter,
 * `too_many_requests`.
 */
export async function exportEvents(
  request: Pick<Request, 'url' | 'signal'>,
  principal: Principal,
  { body }: { body: boolean },
): Promise<Response> {
  const params = paramsOf(request, [...FILTER_PARAMS, 'format', 'order']);
  const format = choice(params, 'format', EXPORT_FORMATS, 'ndjson');
  const order = choice(params, 'order', ['asc', 'desc'], 'asc');
  const filter = filterFromParams(params);
  const { history } = services();
  const upTo = history.headSeq;
  const leave = enter();
  try {
    const headers = headersOf(format, upTo, await exportTotal(history, filter, upTo, request.signal));
    if (body) {
      const watch = (cut: (error: Error) => void) => watchAccess(principal, cut);
      return new Response(exportStream(history, { filter, format, order, upTo }, leave, watch), { headers });
    }
    leave();
    return new Response(null, { headers });
  } catch (error) {
    leave();
    throw error;
  }
}

/** Counted up to 100,000; above that, or where counting takes long, as the facets estimate it. */
export async function exportTotal(
  history: Pick<History, 'countUpTo' | 'summary'>,
  filter: EventFilter,
  upTo: number,
  signal?: AbortSignal,
): Promise<ExportTotal> {
  const counted = await history.countUpTo(filter, upTo, signal);
  if (counted >= 0 && counted < COUNT_LIMIT) return { events: counted, exact: true };
  const { total } = await history.summary(filter, { buckets: 0 }, signal);
  return { events: Math.max(total, counted), exact: false };
}

/** Takes one of the places; returns the function that gives it back. */
function enter(): () => void {
  if (underWay >= MAX_EXPORTS)
    throw new ApiError('too_many_requests', `${MAX_EXPORTS} exports are under way already: try again later`);
  underWay += 1;
  return () => void (underWay -= 1);
}

function headersOf(format: ExportFormat, upTo: number, { events, exact }: ExportTotal): Headers {
  const moment = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  return new Headers({
    'Content-Type': WRITERS[format].mediaType,
    'Content-Disposition': `attachment; filename="ringside-events-${moment}Z.${format}"`,
    // Compressing it would cost the thread that serves the pages; `no-transform` keeps everybody from it.
    'Cache-Control': 'no-store, no-transform',
    'X-Content-Type-Options': 'nosniff',
    'Ringside-Up-To-Seq': String(upTo),
    [exact ? 'Ringside-Total' : 'Ringside-Total-About']: String(events),
  });
}

function choice<Value extends string>(
  params: URLSearchParams,
  name: string,
  values: readonly Value[],
  otherwise: Value,
): Value {
  const given = params.get(name);
  if (given === null) return otherwise;
  const found = values.find((value) => value === given);
  if (found === undefined) {
    const listed = `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;
    throw new ApiError('bad_request', `${name}: give ${listed}`);
  }
  return found;
}
