'use client';

import { Command as Cmdk } from 'cmdk';
import { Search } from 'lucide-react';
import * as Dialog from 'radix-ui/dialog';
import type { KeyboardEvent } from 'react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { formatCount } from '../ui/format';
import { Kbd } from '../ui/signs/kbd';
import { countFound, type CommandGroup } from './arrange';
import type { Command } from './command';
import { PaletteGroup } from './palette-group';

const MOVES = new Set(['ArrowDown', 'ArrowUp', 'Home', 'End']);
/** Longer than any query that events are searched by. */
const MAX_TYPED = 2_000;

export interface PaletteProps {
  typed: string;
  onType: (text: string) => void;
  /** Enter was pressed before the palette was there. */
  entered: boolean;
  groups: readonly CommandGroup[];
  /** False while the server still looks for what was typed. */
  settled: boolean;
  /** The server could not be asked: names from the cluster are missing. */
  failed: boolean;
  onChoose: (command: Command) => void;
  onClose: () => void;
  /** After it closed, with the focus back where it was. Returns true when it has put the focus elsewhere. */
  onClosed: () => boolean;
}

/** A field and, below it, everything that it finds: one dialog that goes anywhere. */
export function Palette(props: PaletteProps) {
  const { typed, onType, entered, groups, settled, failed, onChoose, onClose, onClosed } = props;
  const lines = groups
    .flatMap(({ commands }) => commands)
    .filter(({ unavailable }) => unavailable === undefined);
  // The line that the reader moved to; it counts while the text stays as it is and the line is there.
  const [moved, setMoved] = useState<{ readonly typed: string; readonly id: string } | null>(null);
  const isMoved = moved?.typed === typed && lines.some(({ id }) => id === moved.id);
  const current = isMoved ? moved.id : (lines[0]?.id ?? '');
  const byReader = useRef(false);
  // Enter before the answer waits for it: the first line may yet be another one.
  const [heldFor, setHeldFor] = useState<string | null>(null);
  const chooseFirst = useEffectEvent(() => lines[0] && onChoose(lines[0]));
  useEffect(() => {
    if ((entered || heldFor === typed) && settled) chooseFirst();
  }, [entered, heldFor, typed, settled]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (MOVES.has(event.key)) byReader.current = true;
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || settled || isMoved) return;
    event.preventDefault();
    setHeldFor(typed);
  };
  const onValue = (id: string): void => {
    if (byReader.current) setMoved({ typed, id });
    byReader.current = false;
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay
          className="fixed inset-0 z-40 animate-appear bg-[rgb(0_0_0/50%)]"
          onMouseDown={(event) => event.preventDefault()}
          onClick={({ detail }) => detail < 2 && onClose()}
        />
        <Dialog.Content
          aria-describedby={undefined}
          // As in every dialog, the second click of a double click on what opened it leaves it open.
          onPointerDownOutside={(event) => event.preventDefault()}
          onOpenAutoFocus={goOnTyping}
          onCloseAutoFocus={(event) => onClosed() && event.preventDefault()}
          className="fixed top-2 left-1/2 z-50 w-[min(40rem,calc(100vw-16px))] -translate-x-1/2 overflow-hidden rounded-md border bg-surface text-sm shadow-float sm:top-[12dvh]"
        >
          <Dialog.Title className="sr-only">Go to</Dialog.Title>
          <Cmdk
            label="Pages, names and commands"
            shouldFilter={false}
            vimBindings={false}
            loop
            value={current}
            onValueChange={onValue}
            onKeyDown={onKeyDown}
            onPointerMove={() => (byReader.current = true)}
            className="flex max-h-[calc(100dvh-16px)] flex-col outline-none sm:max-h-[70dvh]"
          >
            <div className="relative border-b">
              <Search className="pointer-events-none absolute top-3 left-3 size-4 text-faint" aria-hidden />
              <Cmdk.Input
                value={typed}
                onValueChange={onType}
                maxLength={MAX_TYPED}
                placeholder="Page, node, config, model, run, event type, view, number of an event…"
                className="h-10 w-full bg-transparent pr-3 pl-9 text-base outline-none"
              />
            </div>
            <Cmdk.List aria-label="Found" className="min-h-0 flex-1 scroll-py-2 overflow-y-auto p-1.5">
              {groups.map((group) => (
                <PaletteGroup key={group.id} group={group} onChoose={onChoose} />
              ))}
              {groups.length === 0 && (
                <p className="px-2 py-6 text-center text-dim">Nothing is called that.</p>
              )}
            </Cmdk.List>
            <Footer found={countFound(groups)} settled={settled} failed={failed} />
          </Cmdk>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** What was typed ahead is gone on with; selected, as dialogs do it, the next letter would take its place. */
function goOnTyping(event: Event): void {
  const field = event.currentTarget instanceof Element ? event.currentTarget.querySelector('input') : null;
  if (field === null) return;
  event.preventDefault();
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

function Footer({ found, settled, failed }: { found: number; settled: boolean; failed: boolean }) {
  return (
    <div className="flex items-center gap-3 border-t px-3 py-1.5 text-2xs text-faint">
      <span role="status" className={failed ? 'text-bad' : undefined}>
        {failed
          ? 'The server does not answer: no names from the cluster'
          : settled
            ? `${formatCount(found)} found`
            : 'Looking…'}
      </span>
      <span className="ml-auto hidden items-center gap-1 sm:flex">
        <Kbd>↑</Kbd>
        <Kbd>↓</Kbd> move <Kbd>Enter</Kbd> go <Kbd>Esc</Kbd> close
      </span>
    </div>
  );
}
