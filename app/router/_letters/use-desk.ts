'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { useTRPC, useTRPCClient } from '@/app/_client/queries/trpc';
import type { LetterSelection } from '@/server/api/pages/router';
import type { RetryAnswer } from '@/server/router/dead-letter-desk';

export type Verb = 'retry' | 'discard';

/** What was done so far; `error` is why it stopped before its end. */
export interface DeskResult {
  readonly verb: Verb;
  readonly done: number;
  readonly stayed: number;
  readonly reasons: readonly { readonly id: number; readonly reason: string }[];
  readonly running: boolean;
  readonly error: string | null;
}

export interface Desk {
  readonly result: DeskResult | null;
  /** Resolves when all of the selection has been tried, or it was stopped. */
  readonly run: (verb: Verb, selection: LetterSelection) => Promise<void>;
  /** Stops a retry after the letters that are under way. */
  readonly stop: () => void;
  readonly clear: () => void;
}

const NOTHING = { done: 0, stayed: 0, reasons: [], running: true, error: null } as const;

/** Retries and discards dead letters and says how far it got. A long retry is many short calls, so that it can be stopped. */
export function useDesk(): Desk {
  const client = useTRPCClient();
  const queries = useQueryClient();
  const trpc = useTRPC();
  const [result, setResult] = useState<DeskResult | null>(null);
  const stopped = useRef(false);
  const isStopped = useCallback(() => stopped.current, []);
  const run = useCallback(
    async (verb: Verb, selection: LetterSelection): Promise<void> => {
      stopped.current = false;
      let sum: DeskResult & { next: number | null } = { verb, next: null, ...NOTHING };
      setResult(sum);
      try {
        for (let above: number | null = 0; above !== null && !isStopped(); above = sum.next) {
          const answer = await decide(client, verb, selection, above);
          sum = {
            ...sum,
            next: answer.next,
            done: sum.done + answer.retried,
            stayed: sum.stayed + answer.stayed,
            reasons: [...sum.reasons, ...answer.reasons].slice(0, 20),
          };
          setResult(sum);
        }
        setResult({ ...sum, running: false });
      } catch (error) {
        setResult({ ...sum, running: false, error: error instanceof Error ? error.message : String(error) });
      }
      await queries.invalidateQueries({ queryKey: trpc.pages.router.deadLetters.queryKey() });
    },
    [client, queries, trpc, isStopped],
  );
  const stop = useCallback(() => (stopped.current = true), []);
  const clear = useCallback(() => setResult(null), []);
  return { result, run, stop, clear };
}

/** One call. A discard is one transaction, told in the same terms as a retry. */
async function decide(
  client: ReturnType<typeof useTRPCClient>,
  verb: Verb,
  selection: LetterSelection,
  above: number,
): Promise<RetryAnswer> {
  if (verb === 'retry') return client.pages.router.retryDeadLetters.mutate({ selection, above_id: above });
  const { discarded } = await client.pages.router.discardDeadLetters.mutate({ selection });
  return { retried: discarded, stayed: 0, reasons: [], next: null };
}
