'use client';

import { useMemo, useState } from 'react';
import { useTRPCClient } from '@/app/_client/queries/trpc';
import { DataTable, type Column } from '@/components/table/data-table';
import { Badge } from '@/components/ui/signs/badge';
import { Button } from '@/components/ui/controls/button';
import { Empty } from '@/components/ui/panel/empty';
import { NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Time } from '@/components/ui/time/time';
import type { KeyInfo } from '@/server/auth/keys';
import { Confirm, type Intent } from './confirm';
import { KeyDialog } from './key-dialog';

type Open = 'new' | Intent | null;

/** Keys of programs. Revoked ones stay, so that a name in the record can be looked up. */
export function KeysPanel({ keys }: { keys: readonly KeyInfo[] }) {
  const client = useTRPCClient();
  const [open, setOpen] = useState<Open>(null);
  const columns = useMemo(
    () =>
      keyColumns((key) =>
        setOpen({
          title: `Revoke ${key.name}`,
          what: 'Programs that use this key are refused from now on, also on open connections.',
          press: 'Revoke',
          work: () => client.access.keys.revoke.mutate({ key: key.id }),
        }),
      ),
    [client],
  );
  const close = (): void => setOpen(null);
  return (
    <Panel
      title="Keys"
      hint="for producers and scripts"
      header={<Button onClick={() => setOpen('new')}>New key…</Button>}
      flush
    >
      <DataTable
        label="Keys"
        plain
        rows={keys}
        rowKey={({ id }) => id}
        columns={columns}
        empty={<Empty title="No keys yet">A producer needs one to publish.</Empty>}
      />
      {open === 'new' && <KeyDialog onClose={close} />}
      {open !== null && open !== 'new' && <Confirm intent={open} onClose={close} />}
    </Panel>
  );
}

const scopeText = ({ scope: { sources, types } }: KeyInfo): string =>
  [...(sources ?? []), ...(types ?? [])].join(', ');

const timeCell = (at: number | null) => (at === null ? NONE : <Time at={at} className="whitespace-nowrap" />);

function keyColumns(onRevoke: (key: KeyInfo) => void): Column<KeyInfo>[] {
  return [
    { id: 'name', header: 'Name', value: ({ name }) => name },
    { id: 'role', header: 'Role', value: ({ role }) => role },
    {
      id: 'hint',
      header: 'Begins with',
      value: ({ hint }) => hint,
      cell: ({ hint }) => <code className="font-mono">{hint}…</code>,
    },
    {
      id: 'scope',
      header: 'Limited to',
      hint: 'The sources and event types that a producer may publish',
      value: scopeText,
      cell: (key) => <span className="line-clamp-2 max-w-64 break-words">{scopeText(key) || NONE}</span>,
    },
    {
      id: 'used',
      header: 'Last use',
      hint: 'To the minute',
      value: ({ lastUsedAt }) => lastUsedAt,
      time: true,
      cell: ({ lastUsedAt }) => timeCell(lastUsedAt),
    },
    {
      id: 'until',
      header: 'Until',
      value: ({ expiresAt }) => expiresAt,
      time: true,
      cell: ({ expiresAt }) => timeCell(expiresAt),
    },
    { id: 'by', header: 'Made by', value: ({ createdBy }) => createdBy },
    {
      id: 'act',
      header: 'State',
      value: ({ revokedAt }) => (revokedAt === null ? 'in use' : 'revoked'),
      cell: (key) =>
        key.revokedAt === null ? (
          <Button onClick={() => onRevoke(key)} aria-label={`Revoke ${key.name}`}>
            Revoke…
          </Button>
        ) : (
          <Badge tone="off" shape>
            revoked
          </Badge>
        ),
    },
  ];
}
