'use client';

import { useMemo } from 'react';
import { useTRPCClient } from '@/app/_client/queries/trpc';
import { DataTable, type Column } from '@/components/table/data-table';
import { Button } from '@/components/ui/controls/button';
import { Panel } from '@/components/ui/panel/panel';
import { Time } from '@/components/ui/time/time';
import type { Invitation } from '@/server/api/settings/access';
import { useChange } from './use-change';

/** Invitations that nobody has accepted yet; nothing where there are none. */
export function Invitations({ invitations }: { invitations: readonly Invitation[] }) {
  const client = useTRPCClient();
  const { run, busy, error } = useChange();
  const columns = useMemo((): Column<Invitation>[] => {
    const withdraw = (id: string): void => void run(() => client.access.users.withdraw.mutate({ id }));
    return [
      { id: 'email', header: 'Email', value: ({ email }) => email },
      { id: 'role', header: 'Role', value: ({ role }) => role },
      { id: 'by', header: 'By', value: ({ createdBy }) => createdBy },
      {
        id: 'until',
        header: 'Until',
        value: ({ expiresAt }) => expiresAt,
        time: true,
        cell: ({ expiresAt }) => <Time at={expiresAt} className="whitespace-nowrap" />,
      },
      {
        id: 'act',
        header: 'Change',
        value: ({ id }) => id,
        cell: ({ id, email }) => (
          <Button
            disabled={busy}
            onClick={() => withdraw(id)}
            aria-label={`Withdraw the invitation of ${email}`}
          >
            Withdraw
          </Button>
        ),
      },
    ];
  }, [client, run, busy]);
  if (invitations.length === 0) return null;
  return (
    <Panel title="Invitations" hint="links that nobody has used yet" flush>
      {error !== null && (
        <p role="alert" className="border-b p-3 text-sm text-bad first-letter:uppercase">
          {error}
        </p>
      )}
      <DataTable label="Invitations" plain rows={invitations} rowKey={({ id }) => id} columns={columns} />
    </Panel>
  );
}
