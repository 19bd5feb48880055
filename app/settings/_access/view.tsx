'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTRPC, useTRPCClient } from '@/app/_client/queries/trpc';
import type { AccessOverview } from '@/server/api/settings/access';
import type { SessionInfo } from '@/server/auth/users';
import { Invitations } from './invitations';
import { KeysPanel } from './keys-panel';
import { SessionsPanel } from './sessions-panel';
import { UsersPanel } from './users-panel';

/** Users, keys and sessions, for an admin. */
export function AccessAdmin({ initial, current }: { initial: AccessOverview; current: string | null }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { data } = useQuery(trpc.access.overview.queryOptions(undefined, { initialData: initial }));
  const end = useCallback((id: string) => client.access.sessions.end.mutate({ id }), [client]);
  return (
    <>
      <UsersPanel users={data.users} />
      <Invitations invitations={data.invitations} />
      <KeysPanel keys={data.keys} />
      <SessionsPanel
        title="Sessions"
        hint="browsers that are signed in"
        sessions={data.sessions}
        current={current}
        end={end}
      />
    </>
  );
}

/** A user's own sessions. */
export function OwnSessions({
  initial,
  current,
}: {
  initial: readonly SessionInfo[];
  current: string | null;
}) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { data } = useQuery(trpc.access.sessions.mine.queryOptions(undefined, { initialData: [...initial] }));
  const end = useCallback((id: string) => client.access.sessions.endMine.mutate({ id }), [client]);
  return (
    <SessionsPanel
      title="Your sessions"
      hint="browsers in which you are signed in"
      sessions={data}
      current={current}
      end={end}
    />
  );
}
