'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useState } from 'react';
import { useTRPCClient } from '@/app/_client/queries/trpc';
import type { JsonObject } from '@/domain/json';
import type { Checked } from '@/server/api/actions/compose';

/** Typing goes on for so long before the server is asked. */
const PAUSE_MS = 250;

/** What the server says of the payload as it is written; `current` once its word is about just this payload. */
export function useCheck(
  eventType: string,
  payload: JsonObject | null,
): { checked: Checked | undefined; current: boolean } {
  const client = useTRPCClient();
  const text = useDeferredValue(payload === null ? null : JSON.stringify(payload));
  const settled = useSettled(text);
  const { data } = useQuery({
    queryKey: ['compose', eventType, settled],
    queryFn: () =>
      client.actions.checkComposed.mutate({
        event_type: eventType,
        payload: JSON.parse(settled ?? '{}') as JsonObject,
      }),
    enabled: settled !== null,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 10_000,
  });
  return { checked: data, current: data !== undefined && settled === text };
}

function useSettled(text: string | null): string | null {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
