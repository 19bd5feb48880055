import type { Json } from '../../../domain/json';
import type { ActionEntry } from '../../history/types';
import { services } from '../../services';
import { rowOf } from './log';

const PAGE = 200;

/** The entries whose words match, newest first, with evidence and chain: one JSON object per line, read page by page. */
export function exportActions(text: string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let before = Number.MAX_SAFE_INTEGER;
  return new ReadableStream({
    async pull(controller) {
      const { actions } = await services().actions.log.listActions({ text }, { limit: PAGE, before });
      for (const entry of actions) controller.enqueue(encoder.encode(`${JSON.stringify(lineOf(entry))}\n`));
      before = actions.at(-1)?.id ?? 0;
      if (actions.length < PAGE) controller.close();
    },
  });
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
