'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useTRPC } from '@/app/_client/trpc';

export interface Change {
  readonly busy: boolean;
  readonly error: string | null;
  /** Does it and asks for the lists anew. Resolves to the answer; undefined when it failed, with `error` set. */
  readonly run: <Answer>(work: () => Promise<Answer>) => Promise<Answer | undefined>;
}

/** One change at a time of users, keys or sessions. */
export function useChange(): Change {
  const queries = useQueryClient();
  const trpc = useTRPC();
  const [state, setState] = useState<{ busy: boolean; error: string | null }>({ busy: false, error: null });
  const run = useCallback(
    async <Answer>(work: () => Promise<Answer>): Promise<Answer | undefined> => {
      setState({ busy: true, error: null });
      try {
        const answer = await work();
        setState({ busy: false, error: null });
        return answer;
      } catch (error) {
        setState({ busy: false, error: error instanceof Error ? error.message : String(error) });
        return undefined;
      } finally {
        void queries.invalidateQueries({ queryKey: trpc.access.pathKey() });
      }
    },
    [queries, trpc],
  );
  return { ...state, run };
}
