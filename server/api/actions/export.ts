import { DECLARED } from '../../../domain/actions/declared';
import type { Json } from '../../../domain/json';
import type { ActionEntry } from '../../history/actions/action-types';
import type { Principal } from '../../../domain/access/principal';
import { services } from '../../services';
import { ApiError } from '../refusals/errors';
import { watchAccess } from '../refusals/access-ended';
import { rowOf } from './log';

const PAGE = 200;

const KINDS: readonly string[] = DECLARED.map(({ kind }) => kind);

/** The kind that is asked for; null for all. Throws ApiError `bad_request` for one that does not exist. */
export function kindParam(params: URLSearchParams): string | null {
  const kind = params.get('kind');
  if (kind !== null && !KINDS.includes(kind))
    throw new ApiError('bad_request', `kind: give one of ${KINDS.join(', ')}`);
  return kind;
}

/**
 * The entries whose words and kind match, newest first, with evidence and chain: one JSON object per line, read page by page.
 * The first page is read before there is a stream: where history fails, the caller can still be told with a status.
 */
export async function exportActions(
  { text, kind }: { text: string; kind: string | null },
  principal: Principal,
): Promise<ReadableStream<Uint8Array>> {
  const filter = { text, ...(kind === null ? {} : { kind }) };
  const read = async (before: number): Promise<readonly ActionEntry[]> =>
    (await services().actions.log.listActions(filter, { limit: PAGE, before })).actions;
  const encoder = new TextEncoder();
  let next: readonly ActionEntry[] | null = await read(Number.MAX_SAFE_INTEGER);
  let before = 0;
  let unwatch = (): void => undefined;
  return new ReadableStream({
    start(controller) {
      unwatch = watchAccess(principal, (error) => controller.error(error));
    },
    cancel: () => unwatch(),
    async pull(controller) {
      const actions = next ?? (await read(before).catch(ended));
      next = null;
      for (const entry of actions) controller.enqueue(encoder.encode(`${JSON.stringify(lineOf(entry))}\n`));
      before = actions.at(-1)?.id ?? 0;
      if (actions.length >= PAGE) return;
      unwatch();
      controller.close();
    },
  });

  function ended(error: unknown): never {
    unwatch();
    throw error;
  }
}

function lineOf(entry: ActionEntry) {
  return {
    ...rowOf(entry),
    key: entry.key,
    previous: entry.previous,
    input: JSON.parse(entry.input) as Json,
    evidence: JSON.parse(entry.evidence) as Json,
  };
}
