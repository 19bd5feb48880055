'use client';

import { useSyncExternalStore } from 'react';

const KEY = 'ringside:recent-queries';
const KEPT = 20;
const NONE: readonly string[] = [];

let cache: { readonly raw: string; readonly queries: readonly string[] } | null = null;
const listeners = new Set<() => void>();

/** The list with a query in front, without its earlier self, at most 20. */
export function withRecent(queries: readonly string[], query: string): readonly string[] {
  return [query, ...queries.filter((each) => each !== query)].slice(0, KEPT);
}

/** What a browser remembers, whatever stands there: another version, or another hand, may have written it. */
export function readRecent(raw: string | null): readonly string[] {
  try {
    const parsed: unknown = JSON.parse(raw ?? '[]');
    if (!Array.isArray(parsed)) return NONE;
    return parsed.filter((each): each is string => typeof each === 'string' && each !== '').slice(0, KEPT);
  } catch {
    return NONE;
  }
}

function stored(): readonly string[] {
  try {
    const raw = localStorage.getItem(KEY) ?? '[]';
    if (cache?.raw !== raw) cache = { raw, queries: readRecent(raw) };
    return cache.queries;
  } catch {
    // A browser that keeps nothing (private mode, blocked storage) remembers while the page lives.
    return cache?.queries ?? NONE;
  }
}

/** Remembers a query that was asked on purpose, in this browser alone. */
export function rememberQuery(query: string): void {
  const queries = withRecent(stored(), query);
  const raw = JSON.stringify(queries);
  cache = { raw, queries };
  try {
    localStorage.setItem(KEY, raw);
  } catch {
    // As above.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/** Queries asked in this browser, the newest first. */
export function useRecentQueries(): readonly string[] {
  return useSyncExternalStore(subscribe, stored, () => NONE);
}
