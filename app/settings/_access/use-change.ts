'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTRPC } from '@/app/_client/queries/trpc';
import { rememberFocus } from '@/components/ui/over/return-focus';

interface Change {
  readonly busy: boolean;
  readonly error: string | null;
  /** Does it and asks for the lists anew. Resolves to the answer; undefined when it failed, with `error` set. */
  readonly run: <Answer>(work: () => Promise<Answer>) => Promise<Answer | undefined>;
}

/** The lists are drawn anew by then. */
const DRAWN_MS = 50;

/** One change at a time of users, keys or sessions. */
export function useChange(): Change {
  const queries = useQueryClient();
  const trpc = useTRPC();
  const [state, setState] = useState<{ busy: boolean; error: string | null }>({ busy: false, error: null });
  const run = useCallback(
    async <Answer>(work: () => Promise<Answer>): Promise<Answer | undefined> => {
      const giveBack = rememberFocus();
      const settle = (): void => {
        if (document.activeElement === document.body) giveBack();
      };
      setState({ busy: true, error: null });
      try {
        const answer = await work();
        // Before a dialog opens with the answer: it gives the focus back to where it is now.
        flushSync(() => setState({ busy: false, error: null }));
        settle();
        return answer;
      } catch (error) {
        setState({ busy: false, error: error instanceof Error ? error.message : String(error) });
        return undefined;
      } finally {
        // The row that was pressed may go, and its buttons rest meanwhile: the keyboard goes on from there all the same.
        void queries
          .invalidateQueries({ queryKey: trpc.access.pathKey() })
          .then(() => setTimeout(settle, DRAWN_MS));
      }
    },
    [queries, trpc],
  );
  return { ...state, run };
}
