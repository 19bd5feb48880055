'use client';

import { useMemo } from 'react';
import { DataTable, type Column } from '@/components/table/data-table';
import { Badge } from '@/components/ui/signs/badge';
import { Button } from '@/components/ui/controls/button';
import { Empty } from '@/components/ui/panel/empty';
import { NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Time } from '@/components/ui/time/time';
import type { SessionInfo } from '@/server/auth/users';
import { useChange } from './use-change';

/** Sessions with a button to end each. `current`: the one that this page is shown in. */
export function SessionsPanel({
  title,
  hint,
  sessions,
  current,
  end,
}: {
  title: string;
  hint: string;
  sessions: readonly SessionInfo[];
  current: string | null;
  end: (id: string) => Promise<unknown>;
}) {
  const { run, busy, error } = useChange();
  const columns = useMemo(
    () => sessionColumns({ current, busy, onEnd: ({ id }) => void run(() => end(id)) }),
    [current, busy, run, end],
  );
  return (
    <Panel title={title} hint={hint} flush>
      {error !== null && (
        <p role="alert" className="border-b p-3 text-sm text-bad first-letter:uppercase">
          {error}
        </p>
      )}
      <DataTable
        label={title}
        plain
        rows={sessions}
        rowKey={({ id }) => id}
        columns={columns}
        empty={<Empty title="No sessions" />}
      />
    </Panel>
  );
}

/** What a browser says of itself, as far as it tells one from another. */
function agentText(agent: string | null): string {
  const found = /(Firefox|Edg|Chrome|Safari|curl)\/?[\d.]*/.exec(agent ?? '')?.[1];
  const system = /(Windows|Macintosh|Android|iPhone|Linux)/.exec(agent ?? '')?.[1];
  return (
    [found === 'Edg' ? 'Edge' : found, system].filter(Boolean).join(' on ') || (agent ?? '').slice(0, 40)
  );
}

function sessionColumns({
  current,
  busy,
  onEnd,
}: {
  current: string | null;
  busy: boolean;
  onEnd: (session: SessionInfo) => void;
}): Column<SessionInfo>[] {
  return [
    { id: 'user', header: 'User', value: ({ user }) => user },
    { id: 'agent', header: 'Browser', value: ({ agent }) => agentText(agent) },
    { id: 'address', header: 'Address', value: ({ address }) => address ?? NONE },
    {
      id: 'since',
      header: 'Since',
      value: ({ createdAt }) => createdAt,
      time: true,
      cell: ({ createdAt }) => <Time at={createdAt} className="whitespace-nowrap" />,
    },
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
      value: ({ id }) => (id === current ? 'this one' : ''),
      cell: (session) =>
        session.id === current ? (
          <Badge tone="ok" shape>
            this one
          </Badge>
        ) : (
          <Button
            disabled={busy}
            onClick={() => onEnd(session)}
            aria-label={`End the session of ${session.user} on ${agentText(session.agent)}`}
          >
            End
          </Button>
        ),
    },
  ];
}
