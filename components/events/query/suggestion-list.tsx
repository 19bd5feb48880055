'use client';

import { Braces, CalendarClock, Clock, Hash, Tag } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import { formatCount } from '@/components/ui/format';
import { Kbd } from '@/components/ui/signs/kbd';
import type { Completion } from '@/domain/query';

const ICONS: Readonly<Record<Completion['kind'], LucideIcon>> = {
  field: Tag,
  key: Braces,
  value: Hash,
  time: CalendarClock,
  recent: Clock,
};
const KINDS: Readonly<Record<Completion['kind'], string>> = {
  field: 'Field',
  key: 'Payload field',
  value: 'Value',
  time: 'Time',
  recent: 'Earlier query',
};

export const optionId = (listId: string, index: number): string => `${listId}-${index}`;

/** What may stand at the caret. The text field keeps the focus; this list only shows which one is chosen. */
export function SuggestionList({
  id,
  all,
  chosen,
  onPick,
}: {
  id: string;
  all: readonly Completion[];
  /** Index of the chosen one; -1 for none. */
  chosen: number;
  onPick: (completion: Completion) => void;
}) {
  return (
    <div className="overflow-hidden rounded-md border bg-surface shadow-float">
      <ul id={id} role="listbox" aria-label="Suggestions" className="max-h-72 overflow-y-auto p-1">
        {all.map((completion, index) => (
          <Option
            key={`${completion.kind} ${completion.insert}`}
            id={optionId(id, index)}
            completion={completion}
            chosen={index === chosen}
            onPick={() => onPick(completion)}
          />
        ))}
      </ul>
      <p aria-hidden className="hidden items-center gap-1.5 border-t px-2 py-1 text-2xs text-dim md:flex">
        <Kbd>↑</Kbd>
        <Kbd>↓</Kbd> choose <Kbd>Tab</Kbd> take <Kbd>Esc</Kbd> close
      </p>
    </div>
  );
}

function Option({
  id,
  completion,
  chosen,
  onPick,
}: {
  id: string;
  completion: Completion;
  chosen: boolean;
  onPick: () => void;
}) {
  const { kind, label, note, count } = completion;
  const Icon = ICONS[kind];
  return (
    <li
      id={id}
      role="option"
      aria-selected={chosen}
      // The text field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPick}
      className={cn(
        'flex cursor-pointer items-center gap-2 rounded-sm px-2 py-1 text-xs hover:bg-raised',
        chosen && 'bg-accent-soft',
      )}
    >
      <Icon className="size-3.5 shrink-0 text-faint" aria-hidden />
      <span className="sr-only">{KINDS[kind]}: </span>
      <span className="min-w-0 shrink-0 truncate font-mono max-w-full">{label}</span>
      <span className="ml-auto min-w-0 truncate text-dim">{count === null ? note : formatCount(count)}</span>
    </li>
  );
}
