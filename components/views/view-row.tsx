'use client';

import { Pencil, Star, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import type { SavedView } from '@/domain/views/view';
import { Button, IconButton } from '../ui/controls/button';
import { cn } from '../ui/cn';
import { describeAddress } from './describe';
import { Problem } from './problem';
import { RenameForm } from './rename-form';
import { useAct } from './use-act';
import type { ViewActs } from './view-acts';

/** One view: a link to it, and what can be done with it. */
export function ViewRow({
  view,
  current,
  acts,
  onGo,
  onFocus,
  onFailed,
}: {
  view: SavedView;
  current: boolean;
  acts: ViewActs;
  onGo: () => void;
  onFocus: () => void;
  /** A change was refused; the row may be gone by then. */
  onFailed: () => void;
}) {
  const { id, name, address, starred, author, editable } = view;
  const [mode, setMode] = useState<'shown' | 'renamed' | 'asked'>('shown');
  // No control is disabled meanwhile: it would lose the focus.
  const { problem, run } = useAct(onFailed);
  const row = useRef<HTMLLIElement>(null);
  const leftBy = useRef<string | null>(null);
  /** Back to the row as it was, with the focus on the control that led away from it, once that is there again. */
  const leave = (control: string): void => {
    leftBy.current = control;
    setMode('shown');
  };
  useEffect(() => {
    if (mode !== 'shown' || leftBy.current === null) return;
    row.current?.querySelector<HTMLElement>(`[data-control="${leftBy.current}"]`)?.focus();
    leftBy.current = null;
  }, [mode]);
  return (
    <li
      ref={row}
      onFocus={onFocus}
      className={cn('flex flex-col gap-1 rounded-sm px-1', current && 'bg-accent-soft')}
    >
      {mode === 'renamed' ? (
        <RenameForm view={view} rename={acts.rename} onFailed={onFailed} onDone={() => leave('rename')} />
      ) : (
        <div className="flex min-w-0 items-center gap-1">
          <IconButton
            label={starred ? `Take your star off “${name}”` : `Star “${name}” for yourself`}
            aria-pressed={starred}
            onClick={() => void run(() => acts.star(id, !starred))}
          >
            <Star className={cn('size-3.5', starred && 'fill-current text-warn')} aria-hidden />
          </IconButton>
          <Link
            href={address}
            prefetch={false}
            aria-current={current ? 'page' : undefined}
            onClick={onGo}
            className="group min-w-0 flex-1 rounded-sm py-1"
          >
            <span className="block truncate font-medium group-hover:text-accent">{name}</span>
            <span className="block truncate text-2xs text-faint">
              {author !== null && `${author}’s · `}
              {describeAddress(address)}
            </span>
          </Link>
          {editable && (
            <>
              <IconButton data-control="rename" label={`Rename “${name}”`} onClick={() => setMode('renamed')}>
                <Pencil className="size-3.5" aria-hidden />
              </IconButton>
              <IconButton data-control="remove" label={`Remove “${name}”`} onClick={() => setMode('asked')}>
                <Trash2 className="size-3.5" aria-hidden />
              </IconButton>
            </>
          )}
        </div>
      )}
      {mode === 'asked' && (
        <div
          role="group"
          aria-label={`Remove “${name}”?`}
          className="flex items-center gap-2 pb-1 pl-8 text-xs"
        >
          <span className="min-w-0 flex-1">Remove it for everyone?</span>
          <Button autoFocus variant="danger" onClick={() => void run(() => acts.remove(id))}>
            Remove
          </Button>
          <Button onClick={() => leave('remove')}>Keep</Button>
        </div>
      )}
      <Problem text={problem} />
    </li>
  );
}
