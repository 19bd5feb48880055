'use client';

import { Bookmark, ChevronDown } from 'lucide-react';
import type { SavedView } from '@/domain/views/view';
import { Button } from '../ui/controls/button';
import { Popover, PopoverContent, PopoverTrigger } from '../ui/over/popover';
import { SaveForm } from './save-form';
import type { ViewActs } from './view-acts';
import { ViewList } from './view-list';

export interface ViewsMenuProps {
  views: readonly SavedView[];
  /** The view that the page shows, or that it was opened with. */
  opened: SavedView | null;
  /** The page shows something else by now. */
  modified: boolean;
  /** What the page shows, in words. */
  shows: string;
  acts: ViewActs;
  /** Others open views and star them. */
  maySave: boolean;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The views of this server behind one button, which names the one that is open. */
export function ViewsMenu(props: ViewsMenuProps) {
  const { views, opened, modified, shows, acts, maySave, open, onOpenChange } = props;
  return (
    <Popover open={open} onOpenChange={onOpenChange}>
      <PopoverTrigger asChild>
        <Button
          variant={opened !== null && !modified ? 'active' : 'default'}
          className="min-w-0 self-center"
          aria-label={opened === null ? 'Views' : `Views: ${opened.name}${modified ? ', modified' : ''}`}
        >
          <Bookmark className="size-3.5 shrink-0" aria-hidden />
          <span className="max-w-40 truncate">{opened?.name ?? 'Views'}</span>
          {modified && <span className="text-warn">modified</span>}
          <ChevronDown className="size-3.5 shrink-0 text-faint" aria-hidden />
        </Button>
      </PopoverTrigger>
      <PopoverContent
        flush
        className="flex w-96 flex-col"
        aria-label="Saved views"
        onEscapeKeyDown={(event) => {
          // There Escape leaves the field, not the menu.
          if (event.target instanceof Element && event.target.closest('[data-holds-escape]'))
            event.preventDefault();
        }}
      >
        {!maySave ? (
          <p className="border-b p-3 text-xs text-dim">
            Operators and admins save views; you open them. Your stars are your own.
          </p>
        ) : (
          <SaveForm
            opened={opened}
            modified={modified}
            shows={shows}
            acts={acts}
            onSaved={() => onOpenChange(false)}
          />
        )}
        <ViewList views={views} opened={opened} acts={acts} onGo={() => onOpenChange(false)} />
      </PopoverContent>
    </Popover>
  );
}
