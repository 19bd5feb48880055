'use client';

import type { ReactNode } from 'react';
import { createContext, useContext, useMemo } from 'react';
import { MarkedText } from '@/components/ui/names/marked-text';
import type { JsonObject } from '@/domain/json';
import type { MarkedField, PayloadMarks, Span } from '@/domain/query';
import { parseQuery, QueryMarks } from '@/domain/query';

const MarksContext = createContext<QueryMarks | null>(null);
const NONE: readonly Span[] = [];

/** What the query found is marked in every row and payload below. */
export function MarksProvider({ query, children }: { query: string | undefined; children: ReactNode }) {
  const marks = useMemo(() => {
    const parsed = query === undefined ? null : parseQuery(query);
    return parsed?.ok ? new QueryMarks(parsed.node) : null;
  }, [query]);
  return <MarksContext value={marks}>{children}</MarksContext>;
}

/** Places to mark in a text of a row. */
export function useMarked(field: MarkedField, text: string): readonly Span[] {
  const marks = useContext(MarksContext);
  return useMemo(() => marks?.in(field, text) ?? NONE, [marks, field, text]);
}

/** A text of a row with what the query found in it. */
export function Marked({ field, text }: { field: MarkedField; text: string }) {
  return <MarkedText text={text} spans={useMarked(field, text)} />;
}

/** What the query found in a payload; undefined where nothing is asked for. */
export function usePayloadMarks(payload: JsonObject): PayloadMarks | undefined {
  const marks = useContext(MarksContext);
  return useMemo(
    () => (marks === null || marks.empty ? undefined : marks.inPayload(payload)),
    [marks, payload],
  );
}
