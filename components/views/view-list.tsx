'use client';

import type { KeyboardEvent } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { rankOf, wordsOf } from '@/domain/text/rank';
import type { SavedView } from '@/domain/views/view';
import { Empty } from '../ui/panel/empty';
import { Input } from '../ui/controls/input';
import { describeAddress } from './describe';
import { Problem } from './problem';
import type { ViewActs } from './view-acts';
import { ViewRow } from './view-row';

/** From this many views on, a field narrows them down. */
const SEARCH_FROM = 8;

/** All views, each a link. Arrows move from one to the next; Tab reaches what can be done with each. */
export function ViewList({
  views,
  opened,
  acts,
  onGo,
}: {
  views: readonly SavedView[];
  opened: SavedView | null;
  acts: ViewActs;
  onGo: () => void;
}) {
  const [search, setSearch] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const shown = useMemo(() => {
    const words = wordsOf(search);
    return views.filter(({ name, address }) => rankOf(words, `${name} ${describeAddress(address)}`) !== null);
  }, [views, search]);

  const links = (): HTMLAnchorElement[] => [...(list.current?.querySelectorAll('a') ?? [])];
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    const all = links();
    const at = all.findIndex((link) => link.closest('li')?.contains(document.activeElement));
    const next = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
    next?.focus();
    event.preventDefault();
  };
  /** Where the reader goes on when the row that had the focus is gone, whoever removed it. */
  const focused = useRef<{ id: number; index: number } | null>(null);
  useEffect(() => {
    const left = focused.current;
    if (left === null || shown.some(({ id }) => id === left.id)) return;
    focused.current = null;
    if (document.activeElement !== document.body) return;
    const all = [...(list.current?.querySelectorAll('a') ?? [])];
    (all[left.index] ?? all.at(-1) ?? list.current)?.focus();
  }, [shown]);
  const [failed, setFailed] = useState<SavedView | null>(null);
  const gone = failed !== null && !views.some(({ id }) => id === failed.id);
  return (
    <div className="flex min-h-0 flex-col" onKeyDown={onKeyDown}>
      {views.length >= SEARCH_FROM && (
        <div className="border-b p-2">
          <Input
            type="search"
            aria-label="Search views"
            placeholder="Search…"
            className="w-full"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </div>
      )}
      {gone && (
        <div className="p-2 pb-0">
          <Problem text={`“${failed.name}” is gone: somebody removed it.`} />
        </div>
      )}
      <ul ref={list} tabIndex={-1} aria-label="Views" className="max-h-80 overflow-y-auto p-1 outline-none">
        {shown.map((view, index) => (
          <ViewRow
            key={view.id}
            view={view}
            current={view.id === opened?.id}
            acts={acts}
            onGo={onGo}
            onFocus={() => (focused.current = { id: view.id, index })}
            onFailed={() => setFailed(view)}
          />
        ))}
      </ul>
      {shown.length === 0 && (
        <Empty title={views.length === 0 ? 'No views yet' : 'No view matches'} className="pt-0 pb-6">
          {views.length === 0 &&
            'A view keeps the filters, columns and range of a page under a name, for everyone who uses this server.'}
        </Empty>
      )}
    </div>
  );
}
