'use client';

import { useMemo, useState } from 'react';
import { useTRPCClient } from '@/app/_client/queries/trpc';
import { DataTable, type Column } from '@/components/table/data-table';
import { Button } from '@/components/ui/controls/button';
import { Dialog, DialogContent } from '@/components/ui/over/dialog';
import { Empty } from '@/components/ui/panel/empty';
import { Panel } from '@/components/ui/panel/panel';
import { Time } from '@/components/ui/time/time';
import { ROLE_MEANS, USER_ROLES, type UserRole } from '@/domain/access/permissions';
import type { UserInfo } from '@/server/auth/users';
import { Confirm, type Intent } from './confirm';
import { Done, InviteDialog } from './invite-dialog';
import { RoleSelect } from './role-select';
import { ShownOnce } from './shown-once';
import { useChange } from './use-change';

type Open = 'invite' | { readonly sure: Intent } | { readonly reset: string } | null;

/** Accounts with their roles. */
export function UsersPanel({ users }: { users: readonly UserInfo[] }) {
  const client = useTRPCClient();
  const change = useChange();
  const { run } = change;
  const [open, setOpen] = useState<Open>(null);
  const columns = useMemo(() => {
    const { users: door } = client.access;
    return userColumns({
      busy: change.busy,
      onRole: (user, role) =>
        setOpen({
          sure: {
            title: `Make ${user.email} ${role}?`,
            what: `From now on: ${ROLE_MEANS[role]}. Open pages and sessions follow at once.`,
            press: 'Change role',
            work: () => door.setRole.mutate({ user: user.id, role }),
          },
        }),
      onReset: (user) =>
        void run(() => door.reset.mutate({ user: user.id })).then(
          (link) => link && setOpen({ reset: link.url }),
        ),
      onRemove: (user) =>
        setOpen({
          sure: {
            title: `Remove ${user.email}`,
            what: 'The account is deleted and its sessions end. What it did stays in the record.',
            press: 'Remove',
            work: () => door.remove.mutate({ user: user.id }),
          },
        }),
    });
  }, [client, run, change.busy]);
  const close = (): void => setOpen(null);
  return (
    <Panel
      title="Users"
      hint="people who may come in"
      header={<Button onClick={() => setOpen('invite')}>Invite…</Button>}
      flush
    >
      {change.error !== null && (
        <p role="alert" className="border-b p-3 text-sm text-bad first-letter:uppercase">
          {change.error}
        </p>
      )}
      <DataTable
        label="Users"
        plain
        rows={users}
        rowKey={({ id }) => id}
        columns={columns}
        empty={<Empty title="Nobody has an account yet">Invite somebody by a link.</Empty>}
      />
      {open === 'invite' && <InviteDialog onClose={close} />}
      {open !== null && open !== 'invite' && 'sure' in open && <Confirm intent={open.sure} onClose={close} />}
      {open !== null && open !== 'invite' && 'reset' in open && (
        <ResetDialog url={open.reset} onClose={close} />
      )}
    </Panel>
  );
}

function ResetDialog({ url, onClose }: { url: string; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(still) => !still && onClose()}>
      <DialogContent title="A new password">
        <div className="flex flex-col gap-4">
          <ShownOnce
            label="The link"
            secret={url}
            note="Hand this link over. It works once, within a day; the old password holds until then."
          />
          <Done onClose={onClose} />
        </div>
      </DialogContent>
    </Dialog>
  );
}

function userColumns(actions: {
  busy: boolean;
  onRole: (user: UserInfo, role: UserRole) => void;
  onReset: (user: UserInfo) => void;
  onRemove: (user: UserInfo) => void;
}): Column<UserInfo>[] {
  return [
    { id: 'email', header: 'Email', value: ({ email }) => email },
    { id: 'name', header: 'Name', value: ({ name }) => name },
    {
      id: 'role',
      header: 'Role',
      value: ({ role }) => role,
      cell: (user) => (
        <RoleSelect
          roles={USER_ROLES}
          value={user.role}
          label={`Role of ${user.email}`}
          disabled={actions.busy}
          onChange={(role) => actions.onRole(user, role)}
        />
      ),
    },
    { id: 'sessions', header: 'Sessions', align: 'right', value: ({ sessions }) => sessions },
    {
      id: 'since',
      header: 'Since',
      value: ({ createdAt }) => createdAt,
      time: true,
      cell: ({ createdAt }) => <Time at={createdAt} className="whitespace-nowrap" />,
    },
    {
      id: 'act',
      header: 'Change',
      value: ({ id }) => id,
      cell: (user) => (
        <span className="flex gap-1">
          <Button
            disabled={actions.busy}
            onClick={() => actions.onReset(user)}
            aria-label={`New password for ${user.email}`}
          >
            New password…
          </Button>
          <Button
            disabled={actions.busy}
            onClick={() => actions.onRemove(user)}
            aria-label={`Remove ${user.email}`}
          >
            Remove…
          </Button>
        </span>
      ),
    },
  ];
}
