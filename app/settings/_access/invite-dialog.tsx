'use client';

import { useState, type SubmitEvent } from 'react';
import { formText } from '@/app/_access/form-text';
import { useTRPCClient } from '@/app/_client/queries/trpc';
import { Button } from '@/components/ui/controls/button';
import { Dialog, DialogContent } from '@/components/ui/over/dialog';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { ROLE_MEANS, USER_ROLES, type UserRole } from '@/domain/access/permissions';
import { RoleSelect } from './role-select';
import { ShownOnce } from './shown-once';
import { useChange } from './use-change';

/** Makes a link by which somebody makes an account, and shows it this once. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const client = useTRPCClient();
  const change = useChange();
  const [role, setRole] = useState<UserRole>('viewer');
  const [url, setUrl] = useState<string | null>(null);
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const email = formText(new FormData(event.currentTarget), 'email') ?? '';
    const link = await change.run(() => client.access.users.invite.mutate({ email, role }));
    if (link) setUrl(link.url);
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="Invite somebody">
        {url !== null && (
          <div className="flex flex-col gap-4">
            <ShownOnce
              label="The invitation"
              secret={url}
              note="Hand this link over. It works once, within 3 days, and is shown only now."
            />
            <Done onClose={onClose} />
          </div>
        )}
        {url === null && (
          <form className="flex flex-col gap-3" onSubmit={(event) => void submit(event)}>
            <Field label="Email" hint="with it they sign in; nothing is sent to it">
              <Input name="email" type="email" required autoFocus />
            </Field>
            <Field label="Role" hint={ROLE_MEANS[role]}>
              <RoleSelect roles={USER_ROLES} value={role} onChange={setRole} />
            </Field>
            <p role="alert" className="min-h-5 text-sm text-bad first-letter:uppercase">
              {change.error}
            </p>
            <div className="flex justify-end gap-2">
              <Button size="md" onClick={onClose}>
                Cancel
              </Button>
              <Button size="md" type="submit" variant="primary" disabled={change.busy}>
                Make the link
              </Button>
            </div>
          </form>
        )}
      </DialogContent>
    </Dialog>
  );
}

export function Done({ onClose }: { onClose: () => void }) {
  return (
    <div className="flex justify-end">
      <Button size="md" variant="primary" onClick={onClose}>
        Done
      </Button>
    </div>
  );
}
