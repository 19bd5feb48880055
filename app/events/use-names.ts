'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { NO_NAMES, type KnownNames } from '@/components/events/known';
import { useTRPC } from '../_client/trpc';

const FRESH_MS = 30_000;

/** Names for the search box, fetched when somebody first enters it. */
export function useNames(): { readonly names: KnownNames; readonly ask: () => void } {
  const trpc = useTRPC();
  const [asked, setAsked] = useState(false);
  const known = useQuery({
    ...trpc.pages.suggestions.known.queryOptions(),
    enabled: asked,
    staleTime: FRESH_MS,
  });
  return { names: known.data ?? NO_NAMES, ask: () => setAsked(true) };
}
