'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { NO_NAMES, type KnownNames } from '@/components/events/query/known';
import { ALONE, useTRPC } from '../_client/queries/trpc';

const FRESH_MS = 30_000;

export interface Names {
  readonly names: KnownNames;
  /** Somebody entered the search box. */
  readonly ask: () => void;
  /** Somebody writes a value of this payload field; null for none. */
  readonly askPayload: (key: string | null) => void;
}

/** Names for the search box, fetched when somebody first enters it, and values of the payload field that is written. */
export function useNames(): Names {
  const trpc = useTRPC();
  const [asked, setAsked] = useState(false);
  const [key, askPayload] = useState<string | null>(null);
  const known = useQuery({
    ...trpc.pages.suggestions.known.queryOptions(),
    enabled: asked,
    staleTime: FRESH_MS,
  });
  const payload = useQuery({
    ...trpc.pages.suggestions.payload.queryOptions({ key: key ?? '' }, ALONE),
    enabled: key !== null,
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
  });
  const names = useMemo(
    () => ({ ...(known.data ?? NO_NAMES), payload: payload.data ?? null }),
    [known.data, payload.data],
  );
  const ask = useCallback(() => setAsked(true), []);
  return { names, ask, askPayload };
}
