'use client';

import { useState } from 'react';
import type { SavedView } from '@/domain/views/view';
import { Button } from '../ui/controls/button';
import { CopyButton } from '../ui/controls/copy-button';
import { Input } from '../ui/controls/input';
import { Problem } from './problem';
import { useAct } from './use-act';
import type { ViewActs } from './view-acts';

/** Keeps what the page shows: under a new name, or as the view that it was opened with. */
export function SaveForm({
  opened,
  modified,
  shows,
  acts,
  onSaved,
}: {
  opened: SavedView | null;
  modified: boolean;
  shows: string;
  acts: ViewActs;
  onSaved: () => void;
}) {
  const [name, setName] = useState('');
  const { busy, problem, run } = useAct();
  const save = async (work: () => Promise<string | null>): Promise<void> => {
    if (await run(work)) onSaved();
  };
  return (
    <form
      aria-label="Save this view"
      className="flex flex-col gap-2 border-b p-3"
      onSubmit={(event) => {
        event.preventDefault();
        void save(() => acts.save(name));
      }}
    >
      <p className="line-clamp-2 text-xs break-words text-dim" title={shows}>
        {opened !== null && !modified ? <>This page shows “{opened.name}”.</> : <>Now: {shows}</>}
      </p>
      <div className="flex gap-2">
        <Input
          aria-label="Name of the view"
          placeholder={opened === null ? 'Save this page as…' : 'Save under another name…'}
          className="flex-1"
          value={name}
          maxLength={200}
          aria-invalid={problem !== null}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" variant="primary" disabled={busy || name.trim() === ''}>
          Save
        </Button>
        <CopyButton
          words="Copy link"
          label="Copy link to what this page shows"
          text={() => window.location.href}
        />
      </div>
      {opened?.editable === true && modified && (
        <Button className="min-w-0" disabled={busy} onClick={() => void save(() => acts.update(opened.id))}>
          <span className="truncate">Let “{opened.name}” show this</span>
        </Button>
      )}
      <Problem text={problem} />
    </form>
  );
}
