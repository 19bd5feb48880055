'use client';

import type { KeyboardEvent, RefObject } from 'react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Completion, Known } from '@/domain/query';
import { accept, complete, payloadKeyAt } from '@/domain/query';
import { optionId } from './suggestion-list';

export interface Completions {
  /** Empty while the list is closed. */
  readonly all: readonly Completion[];
  /** Index of the chosen one; -1 for none. */
  readonly chosen: number;
  /** The payload field whose value is written at the caret; null while the list is closed. */
  readonly payloadKey: string | null;
  readonly open: () => void;
  readonly close: () => void;
  /** To be told of every move of the caret. */
  readonly onSelect: () => void;
  readonly take: (completion: Completion) => void;
  /** True when the key was for the list. */
  readonly onKey: (event: KeyboardEvent<HTMLInputElement>) => boolean;
}

/**
 * The list of a query box (WAI-ARIA's editable combobox): it opens while typing, or by an arrow; arrows choose, Enter and
 * Tab take the chosen one, Escape closes. Without a choice Enter asks the query as it is; Tab then finishes a name that
 * was begun.
 */
export function useCompletions(
  input: RefObject<HTMLInputElement | null>,
  text: string,
  known: Known,
  onTake: (text: string) => void,
  listId: string,
): Completions {
  const [isOpen, setOpen] = useState(false);
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(-1);
  const landing = useRef<number | null>(null);
  const all = isOpen ? complete(text, Math.min(caret, text.length), known) : [];
  const payloadKey = isOpen ? payloadKeyAt(text, Math.min(caret, text.length)) : null;
  const current = Math.min(chosen, all.length - 1);

  // After the text is there, not before: a caret cannot stand where nothing is.
  useLayoutEffect(() => {
    if (landing.current === null) return;
    input.current?.setSelectionRange(landing.current, landing.current);
    landing.current = null;
  }, [input, text]);
  useEffect(() => {
    if (current >= 0)
      document.getElementById(optionId(listId, current))?.scrollIntoView({ block: 'nearest' });
  }, [listId, current]);

  const show = (): void => {
    setOpen(true);
    setChosen(-1);
    setCaret(input.current?.selectionStart ?? text.length);
  };
  const close = (): void => {
    setOpen(false);
    setChosen(-1);
  };
  const take = (completion: Completion): void => {
    const done = accept(text, completion);
    landing.current = done.caret;
    setCaret(done.caret);
    setChosen(-1);
    if (completion.kind === 'recent') setOpen(false);
    onTake(done.text);
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>): boolean => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      if (all.length === 0) show();
      else setChosen(((current + step + 1 + all.length + 1) % (all.length + 1)) - 1);
      return true;
    }
    if (all.length === 0) return false;
    if (event.key === 'Escape') {
      close();
      return true;
    }
    const wanted = all[current] ?? (event.key === 'Tab' ? begun(all[0]) : undefined);
    if (wanted === undefined || event.shiftKey || (event.key !== 'Enter' && event.key !== 'Tab'))
      return false;
    take(wanted);
    return true;
  };
  const onSelect = (): void => {
    const at = input.current?.selectionStart ?? 0;
    if (at === caret) return;
    setCaret(at);
    setChosen(-1);
  };
  return { all, chosen: current, payloadKey, open: show, close, onSelect, take, onKey };
}

/** The first proposal where it finishes what was begun: Tab on an empty place goes to the next control, as ever. */
function begun(first: Completion | undefined): Completion | undefined {
  return first !== undefined && first.kind !== 'recent' && first.end > first.start ? first : undefined;
}
