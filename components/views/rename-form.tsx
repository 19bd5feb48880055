'use client';

import type { KeyboardEvent } from 'react';
import { useState } from 'react';
import type { SavedView } from '@/domain/views/view';
import { Button } from '../ui/controls/button';
import { Input } from '../ui/controls/input';
import { Problem } from './problem';
import { useAct } from './use-act';
import type { ViewActs } from './view-acts';

/** Another name for a view, in the place of its row. Escape leaves it as it is. */
export function RenameForm({
  view: { id, name: before },
  rename,
  onFailed,
  onDone,
}: {
  view: SavedView;
  rename: ViewActs['rename'];
  onFailed: () => void;
  onDone: () => void;
}) {
  const [name, setName] = useState(before);
  const { busy, problem, run } = useAct(onFailed);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    onDone();
  };
  return (
    <form
      aria-label={`Rename “${before}”`}
      className="flex flex-col gap-1 py-1"
      data-holds-escape
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        void run(() => rename(id, name)).then((done) => done && onDone());
      }}
    >
      <div className="flex gap-1">
        <Input
          autoFocus
          aria-label={`New name of “${before}”`}
          className="flex-1"
          value={name}
          maxLength={200}
          aria-invalid={problem !== null}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" variant="primary" disabled={busy || name.trim() === ''}>
          Rename
        </Button>
        <Button onClick={onDone}>Keep</Button>
      </div>
      <Problem text={problem} />
    </form>
  );
}
