'use client';

import type { QueryKey, UseQueryOptions } from '@tanstack/react-query';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useRenderedCurrent } from '../live/live-provider';
import { Asking } from './ask-pace';
import { isUnanswered } from './unanswered';
import { useUnanswered } from './unanswered-note';

/** From a failure to the next try. */
const RETRY_MS = 5_000;

/** What the server rendered the page with: the answer, and the input that it answers. */
export interface Initial<TInput, TData> {
  readonly input: TInput;
  readonly data: TData;
  /** The version that `data` answers, where the page can tell; else the first one seen, unless the page's topics had gone on. */
  readonly version?: unknown;
}

export interface LiveQuery<TData> {
  /** The newest answer; while another question is under way or the server is silent, the one before. Undefined only before the first. */
  readonly data: TData | undefined;
  /** What is shown answers the question before this one. */
  readonly stale: boolean;
  readonly error: string | null;
}

/**
 * A query that follows the live state: asked again when `version` changes (pass the Map of `useTopic`, which is a new one
 * exactly when something changed), at once after a quiet time, ever more seldom while changes go on (`Asking`), and
 * at once when `input` does. What is shown stays while
 * the next answer is under way, so a chart keeps its zoom. A question that failed is asked again, and said over the page.
 */
export function useLiveQuery<
  TInput,
  TData,
  TError extends { readonly message: string },
  TKey extends QueryKey,
>(
  options: Omit<UseQueryOptions<TData, TError, TData, TKey>, 'initialData' | 'placeholderData'>,
  input: TInput,
  version: unknown,
  initial: Initial<TInput, TData> | null,
): LiveQuery<TData> {
  const [first, setFirst] = useState(initial);
  const answersFirst = first !== null && JSON.stringify(first.input) === JSON.stringify(input);
  // Who comes back to the first question wants what is true then, not what the page began with.
  if (first !== null && !answersFirst) setFirst(null);
  const query = useQuery({
    ...options,
    initialData: answersFirst ? () => first.data : undefined,
    // The same whenever the cache makes its entry anew, or the whole page would render twice as it comes to life.
    initialDataUpdatedAt: 0,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    // Nobody follows an answer that is not shown: kept, it would be shown again as if it were today's.
    gcTime: 0,
    refetchInterval: (asked) => {
      if (asked.state.status === 'error') return RETRY_MS;
      const own = options.refetchInterval;
      return typeof own === 'function' ? own(asked) : (own ?? false);
    },
  } as UseQueryOptions<TData, TError, TData, TKey>);
  const unanswered = query.data === undefined || query.isPlaceholderData;
  const current = useRenderedCurrent();
  const answers = initial?.version ?? (current || initial === null ? version : null);
  useFollow(version, answers, async () => {
    // An answer under way is from before the change. `refetch` asks anew where there is an answer already; the first to
    // a question it only waits for.
    const joins = query.isFetching && unanswered;
    await query.refetch();
    if (joins) await query.refetch();
  });
  const error = useHeld(query.error === null ? null : query.error.message, query.isFetching);
  useUnanswered(error);
  // A failed question has no data, not even of the one before: shown as such, a page would say that there is nothing.
  // What the server itself refuses is no matter of waiting: then the answer to another question would mislead.
  const last = useLast(query.data);
  const answered = error !== null && isUnanswered(error) ? last : undefined;
  return {
    data: query.data ?? answered,
    stale: query.isPlaceholderData || (query.data === undefined && answered !== undefined),
    error,
  };
}

/** The reason of a failure also while the question is asked again: else what tells it would blink. */
function useHeld(reason: string | null, asking: boolean): string | null {
  const [held, setHeld] = useState(reason);
  const next = reason ?? (asking ? held : null);
  if (next !== held) setHeld(next);
  return next;
}

/** The last value that was not undefined. */
function useLast<T>(value: T | undefined): T | undefined {
  const [last, setLast] = useState(value);
  if (value !== undefined && value !== last) setLast(() => value);
  return value ?? last;
}

/** Asks again after changes of `version`, at first of `from`, at the pace of `Asking`; the last is never missed. */
function useFollow(version: unknown, from: unknown, again: () => Promise<unknown>): void {
  const seen = useRef(from);
  const asking = useRef<Asking | null>(null);
  const call = useRef(again);
  useEffect(() => {
    call.current = again;
  }, [again]);
  useEffect(() => {
    if (seen.current === version) return;
    seen.current = version;
    asking.current ??= new Asking(() => call.current());
    asking.current.changed();
  }, [version]);
  useEffect(() => () => asking.current?.stop(), []);
}
