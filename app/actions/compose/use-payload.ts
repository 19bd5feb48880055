'use client';

import { useMemo, useState } from 'react';
import { draftOf, fitsForm, heldBy, inForm, payloadOf, readJson, type Draft } from '@/domain/actions/draft';
import { isJsonObject, type JsonObject } from '@/domain/json';
import type { ComposedType } from '@/server/api/actions/composer-page';

export type Mode = 'form' | 'json';

export interface PayloadDraft {
  readonly mode: Mode;
  readonly draft: Draft;
  readonly json: string;
  /** Null while the JSON cannot be read. */
  readonly payload: JsonObject | null;
  /** What is wrong with which field of the form, and with the JSON as a whole. */
  readonly problems: Readonly<Record<string, string>>;
  readonly jsonProblem: string | null;
  readonly setField: (name: string, text: string) => void;
  readonly setForm: (form: number) => void;
  readonly setJson: (json: string) => void;
  /** To the other way of writing it; from JSON that cannot be read there is no way to the form. */
  readonly setMode: (mode: Mode) => void;
}

const written = (payload: JsonObject): string => JSON.stringify(payload, null, 2);

/** One payload, written as a form or as JSON: what is written in one is there in the other. */
export function usePayload({ forms }: ComposedType, start: JsonObject): PayloadDraft {
  // What the form cannot show, a field of another type say, must not be lost by opening it there.
  const [mode, setModeNow] = useState<Mode>(() =>
    Object.keys(start).length === 0 || fitsForm(start, forms) ? 'form' : 'json',
  );
  const [draft, setDraft] = useState(() => draftOf(start, forms));
  const [json, setJson] = useState(() => written(start));
  const read = useMemo(() => payloadOf(draft, forms), [draft, forms]);
  const parsed = useMemo(() => parse(json), [json]);
  const setMode = (next: Mode): void => {
    if (next === mode) return;
    if (next === 'json') setJson(written(heldBy(draft, forms)));
    else if ('payload' in parsed) setDraft(draftOf(parsed.payload, forms));
    else return;
    setModeNow(next);
  };
  return {
    ...{ mode, draft, json, setJson, setMode },
    payload: mode === 'form' ? read.payload : 'payload' in parsed ? parsed.payload : null,
    problems: mode === 'form' ? read.problems : {},
    jsonProblem: mode === 'json' && 'problem' in parsed ? parsed.problem : null,
    setField: (name, text) => setDraft((before) => ({ ...before, texts: { ...before.texts, [name]: text } })),
    setForm: (form) => setDraft((before) => inForm(before, forms, form)),
  };
}

function parse(json: string): { payload: JsonObject } | { problem: string } {
  const read = readJson(json);
  if ('problem' in read) return { problem: `The payload ${read.problem}.` };
  return isJsonObject(read.value) ? { payload: read.value } : { problem: 'The payload must be an object.' };
}
