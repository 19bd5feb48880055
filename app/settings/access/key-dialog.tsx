'use client';

import { useState, type SubmitEvent } from 'react';
import { useTRPCClient } from '@/app/_client/trpc';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Done } from './invite-dialog';
import { KeyForm, type KeyWish } from './key-form';
import { ShownOnce } from './shown-once';
import { useChange } from './use-change';

/** Makes a key and shows it this once. */
export function KeyDialog({ onClose }: { onClose: () => void }) {
  const client = useTRPCClient();
  const change = useChange();
  const [secret, setSecret] = useState<string | null>(null);
  const submit = async (event: SubmitEvent<HTMLFormElement>, wish: KeyWish): Promise<void> => {
    event.preventDefault();
    const made = await change.run(() => client.access.keys.create.mutate(wish));
    if (made) setSecret(made.secret);
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="New key">
        {secret === null ? (
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
              secret={secret}
              note="Programs send it as Authorization: Bearer. It is shown only now: Ringside keeps a hash of it."
            />
            <Done onClose={onClose} />
          </div>
        )}
      </DialogContent>
    </Dialog>
  );
}
