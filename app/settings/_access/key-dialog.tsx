'use client';

import { useState, type SubmitEvent } from 'react';
import { useTRPCClient } from '@/app/_client/queries/trpc';
import { Dialog, DialogContent } from '@/components/ui/over/dialog';
import { Done } from './invite-dialog';
import { KeyForm, type KeyWish } from './key-form';
import { ShownOnce } from './shown-once';
import { useChange } from './use-change';

const FIRST_CALL = {
  yes: 'To try it, in a shell: publishes nothing, and answers that the key is good.',
  no: 'To try it, in a shell: the newest event.',
} as const;

const publishes = ({ role }: { role: KeyWish['role'] }): 'yes' | 'no' => (role === 'viewer' ? 'no' : 'yes');

/** A call that shows whether the key works, and changes nothing: no events, or the newest one. */
function firstCall(made: { secret: string; role: KeyWish['role'] }): string {
  const url = `${window.location.origin}/api/events`;
  const bearer = `-H "Authorization: Bearer ${made.secret}"`;
  return publishes(made) === 'no'
    ? `curl ${bearer} "${url}?limit=1"`
    : `curl -X POST ${url} ${bearer} -H "Content-Type: application/json" -d "[]"`;
}

/** Makes a key and shows it this once. */
export function KeyDialog({ onClose }: { onClose: () => void }) {
  const client = useTRPCClient();
  const change = useChange();
  const [made, setMade] = useState<{ secret: string; role: KeyWish['role'] } | null>(null);
  const submit = async (event: SubmitEvent<HTMLFormElement>, wish: KeyWish): Promise<void> => {
    event.preventDefault();
    const key = await change.run(() => client.access.keys.create.mutate(wish));
    if (key) setMade({ secret: key.secret, role: wish.role });
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="New key">
        {made === null ? (
          <KeyForm
            busy={change.busy}
            error={change.error}
            onSubmit={(event, wish) => void submit(event, wish)}
            onCancel={onClose}
          />
        ) : (
          <div className="flex flex-col gap-4">
            <ShownOnce
              label="The key"
              secret={made.secret}
              note="Programs send it as Authorization: Bearer. It is shown only now: Ringside keeps a hash of it."
            />
            <ShownOnce label="A first call" secret={firstCall(made)} note={FIRST_CALL[publishes(made)]} />
            <Done onClose={onClose} />
          </div>
        )}
      </DialogContent>
    </Dialog>
  );
}
