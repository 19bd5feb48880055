'use client';

import type { ReactNode } from 'react';
import type { Account } from '@/components/shell/account-menu';
import { lazy } from 'react';
import { PageToolsProvider } from '@/components/shell/page/page-tools';
import { Shell } from '@/components/shell/shell';
import { StatusLine } from '@/components/shell/status-line';
import type { SavedView } from '@/domain/views/view';
import { ProblemWatch } from '../notify/problem-watch';
import { useConnection, useLiveClient, useServerStatus } from '../live/live-provider';
import { signOut } from './sign-out';
import { Travel } from './travel';
import { UnansweredProvider } from '../queries/unanswered-note';
import { useAccessChanges } from './use-access-changes';
import { useCountedTitle } from './use-counted-title';
import { ViewsDoor } from '../views/views-door';
import { ViewsProvider } from '../views/views-provider';
import { VisitorRole } from '../visitor';

const loadPalette = () => import('../palette/command-palette');
const CommandPalette = lazy(loadPalette);
const TOOLS = <ViewsDoor />;
const STATUS_LINE = <LiveStatusLine />;

/** The shell with what it shows of the connection, the visitor, the saved views and the palette. */
export function LiveShell({
  railed,
  account,
  views,
  children,
}: {
  railed: boolean;
  account: Account;
  /** Saved views to start with; null: they are asked for. */
  views: readonly SavedView[] | null;
  children: ReactNode;
}) {
  useAccessChanges();
  useCountedTitle();
  return (
    <ViewsProvider initial={views}>
      <VisitorRole role={account.visitor.role}>
        <Travel>
          <ProblemWatch />
          <ConnectedShell railed={railed} account={account}>
            <UnansweredProvider>
              <PageToolsProvider tools={TOOLS}>{children}</PageToolsProvider>
            </UnansweredProvider>
          </ConnectedShell>
        </Travel>
      </VisitorRole>
    </ViewsProvider>
  );
}

function ConnectedShell({
  railed,
  account,
  children,
}: {
  railed: boolean;
  account: Account;
  children: ReactNode;
}) {
  const client = useLiveClient();
  return (
    <Shell
      statusLine={STATUS_LINE}
      railed={railed}
      account={account}
      onSignOut={() => void signOut(client)}
      palette={(doors) => <CommandPalette {...doors} />}
      preparePalette={() => void loadPalette()}
    >
      {children}
    </Shell>
  );
}

function LiveStatusLine() {
  const client = useLiveClient();
  const connection = useConnection();
  const status = useServerStatus();
  return <StatusLine connection={connection} status={status} outdated={client.isOutdated()} />;
}
