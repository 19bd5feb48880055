'use client';

import type { ReactNode } from 'react';
import type { Account } from '@/components/shell/account-menu';
import { Shell } from '@/components/shell/shell';
import { useConnection, useServerStatus } from './live-provider';
import { signOut } from './sign-out';
import { useAccessChanges } from './use-access-changes';
import { VisitorRole } from './visitor';

/** The shell with what it shows of the connection. */
export function LiveShell({
  railed,
  account,
  children,
}: {
  railed: boolean;
  account: Account;
  children: ReactNode;
}) {
  useAccessChanges();
  const connection = useConnection();
  const status = useServerStatus();
  return (
    <Shell
      connection={connection}
      status={status}
      railed={railed}
      account={account}
      onSignOut={() => void signOut()}
    >
      <VisitorRole role={account.visitor.role}>{children}</VisitorRole>
    </Shell>
  );
}
