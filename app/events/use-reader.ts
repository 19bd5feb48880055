'use client';

import type { RefObject } from 'react';
import { useState } from 'react';
import type { FeedController, FeedView } from '@/components/events/feed/feed-controller';
import type { FeedListHandle } from '@/components/events/list/feed-list';
import { indexOfSeq, rowAt } from '@/components/events/list/feed-rows';
import { useKeys } from '@/components/events/keys';
import type { EventRow } from '@/domain/events/envelope';

const NONE: ReadonlySet<number> = new Set();

export interface Reader {
  /** Seq of the row that the keys are at; null for none. */
  readonly cursor: number | null;
  /** Seqs of the rows that are opened in place. */
  readonly opened: ReadonlySet<number>;
  readonly toggle: (row: EventRow) => void;
  readonly resume: () => void;
  /** From following to standing still, or back. */
  readonly tail: () => void;
}

export interface ReaderParts {
  readonly controller: FeedController;
  readonly view: FeedView;
  readonly list: RefObject<FeedListHandle | null>;
  readonly textRef: RefObject<HTMLInputElement | null>;
  readonly selectedId: string | null;
  readonly onPaused: (paused: boolean) => void;
  readonly onOpen: (row: EventRow) => void;
  readonly onClose: () => void;
}

/** Whoever reads the list: where they are, what they have opened in place, and the keys for it. */
export function useReader(parts: ReaderParts): Reader {
  const { controller, view, list, textRef, selectedId, onPaused, onOpen, onClose } = parts;
  const [cursor, setCursor] = useState<number | null>(null);
  const [opened, setOpened] = useState(NONE);
  const rowOf = (seq: number | null | undefined): EventRow | undefined =>
    seq == null ? undefined : rowAt(view.state.body, indexOfSeq(view.state.body, seq));

  const open = (next: ReadonlySet<number>): void => {
    setOpened(next);
    controller.setHold('opened', next.size > 0);
  };
  const toggle = ({ seq }: EventRow): void => {
    const next = new Set(opened);
    if (!next.delete(seq)) next.add(seq);
    open(next);
  };
  const resume = (): void => {
    setCursor(null);
    setOpened(NONE);
    controller.resume();
    onPaused(false);
    list.current?.scrollToTop();
  };
  const pause = (): void => {
    controller.setHold('pause', true);
    onPaused(true);
  };
  const goTo = (row: EventRow): void => {
    controller.setHold('cursor', true);
    setCursor(row.seq);
    list.current?.scrollToSeq(row.seq);
  };
  const move = (step: number): void => {
    const { body } = controller.view().state;
    const from = cursor ?? body.find((row) => row.event_id === selectedId)?.seq;
    const index = from === undefined ? 0 : indexOfSeq(body, from) + step;
    const seen = from === undefined ? list.current?.firstVisible() : undefined;
    const row = seen ? rowOf(seen) : rowAt(body, Math.max(0, index));
    if (row === undefined) return;
    goTo(row);
    if (selectedId !== null) onOpen(row);
  };
  /** Opens or closes in place the row at the cursor; without one, the first that can be seen. */
  const unfold = (on: boolean): boolean => {
    const row = rowOf(cursor ?? list.current?.firstVisible());
    if (row === undefined || opened.has(row.seq) === on) return false;
    goTo(row);
    toggle(row);
    return true;
  };
  const openCursor = (): boolean => {
    const row = rowOf(cursor);
    if (row !== undefined) onOpen(row);
    return row !== undefined;
  };
  const escape = (): void => {
    if (selectedId !== null) onClose();
    else if (opened.size > 0) open(NONE);
    else {
      setCursor(null);
      controller.setHold('cursor', false);
    }
  };
  const tail = (): void => (view.state.held ? resume() : pause());
  useKeys({
    j: () => move(1),
    ArrowDown: () => move(1),
    k: () => move(-1),
    ArrowUp: () => move(-1),
    ArrowRight: () => unfold(true),
    ArrowLeft: () => unfold(false),
    Enter: openCursor,
    Escape: escape,
    t: tail,
    '/': () => textRef.current?.focus(),
  });
  return { cursor, opened, toggle, resume, tail };
}
