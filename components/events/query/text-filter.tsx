'use client';

import { Search, X } from 'lucide-react';
import type { KeyboardEvent, RefObject } from 'react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { IconButton } from '@/components/ui/controls/button';
import { Input } from '@/components/ui/controls/input';
import type { Mistake } from '@/domain/query';
import { parseQuery } from '@/domain/query';
import type { Facets } from '../filters';
import { knownFrom, type KnownNames } from './known';
import { QueryMistake } from './query-mistake';
import { rememberQuery, useRecentQueries } from './recent-queries';
import { optionId, SuggestionList } from './suggestion-list';
import { useCompletions } from './use-completions';

const SETTLE_MS = 250;

export interface TextFilterProps {
  value: string;
  inputRef: RefObject<HTMLInputElement | null>;
  names: KnownNames;
  facets: Facets;
  /** Somebody entered the box: the time to have the names. */
  onEnter: () => void;
  /** The payload field of which somebody writes a value; null for none. */
  onPayloadKey: (key: string | null) => void;
  onChange: (text: string | null) => void;
}

/**
 * The query. The filter follows when typing pauses, at once on Enter; a mistake is shown at its place and filters nothing.
 * What may stand at the caret is proposed below.
 */
export function TextFilter(props: TextFilterProps) {
  const { value, inputRef, names, facets, onEnter, onPayloadKey, onChange } = props;
  const { shown, mistake, type, apply, leave } = useTyping(value, onChange);
  const recent = useRecentQueries();
  const known = useMemo(() => knownFrom(names, facets, recent), [names, facets, recent]);
  const listId = useId();
  const messageId = useId();
  const list = useCompletions(inputRef, shown, known, type, listId);
  const { payloadKey } = list;
  useEffect(() => onPayloadKey(payloadKey), [onPayloadKey, payloadKey]);
  const open = list.all.length > 0;
  // A value that is still being looked for in the list is not missing yet.
  const wrong = open && mistake?.code === 'missing_value' ? null : mistake;

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (list.onKey(event)) {
      event.preventDefault();
      return;
    }
    if (event.key === 'Enter') {
      list.close();
      apply(shown, true);
    }
    if (event.key === 'Escape') event.currentTarget.blur();
  };
  return (
    <div className="relative min-w-40 flex-1 md:min-w-64 xl:max-w-120">
      <Search className="pointer-events-none absolute top-1.5 left-2 size-4 text-faint" aria-hidden />
      <Input
        ref={inputRef}
        type="text"
        role="combobox"
        enterKeyHint="search"
        aria-label="Search events"
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={open ? listId : undefined}
        aria-activedescendant={list.chosen >= 0 ? optionId(listId, list.chosen) : undefined}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? undefined : messageId}
        data-testid="text-filter"
        placeholder="Words, type:ELO_UPDATED, payload.new_elo>1700  ( / )"
        className="w-full pr-7 pl-7.5"
        value={shown}
        onFocus={onEnter}
        onChange={(event) => {
          type(event.target.value);
          list.open();
        }}
        onSelect={list.onSelect}
        onKeyDown={onKeyDown}
        onBlur={() => {
          list.close();
          leave();
        }}
      />
      {shown !== '' && (
        <IconButton
          label="Clear the search"
          className="absolute top-0.5 right-0.5 size-6"
          onClick={() => {
            type('');
            inputRef.current?.focus();
          }}
        >
          <X className="size-3.5" aria-hidden />
        </IconButton>
      )}
      <div className="absolute top-full left-0 z-40 mt-1 flex w-full min-w-64 flex-col gap-1">
        {wrong && <QueryMistake id={messageId} text={shown.trim()} mistake={wrong} />}
        {open && <SuggestionList id={listId} all={list.all} chosen={list.chosen} onPick={list.take} />}
      </div>
    </div>
  );
}

interface Typing {
  readonly shown: string;
  readonly mistake: Mistake | null;
  readonly type: (text: string) => void;
  /** Filters by the text now; `asked`: on purpose, so it is remembered. */
  readonly apply: (text: string, asked: boolean) => void;
  readonly leave: () => void;
}

function useTyping(value: string, onChange: (text: string | null) => void): Typing {
  // What is being typed and not filtered by yet; null when the field shows the filter.
  const [typed, setTyped] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const shown = typed ?? value;
  const parsed = parseQuery(shown.trim());

  const apply = (text: string, asked: boolean): void => {
    clearTimeout(timer.current);
    const trimmed = text.trim();
    if (!parseQuery(trimmed).ok) return;
    if (asked && trimmed !== '') rememberQuery(trimmed);
    if (trimmed !== value) onChange(trimmed === '' ? null : trimmed);
  };
  return {
    shown,
    mistake: parsed.ok ? null : parsed.mistakes[0],
    apply,
    type: (text) => {
      setTyped(text);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => apply(text, false), SETTLE_MS);
    },
    leave: () => {
      apply(shown, typed !== null);
      if (parsed.ok) setTyped(null);
    },
  };
}
