'use client';

import type { ReactNode } from 'react';
import { Shell } from '@/components/shell/shell';
import { useConnection, useServerStatus } from './live-provider';

/** The shell with what it shows of the connection. */
export function LiveShell({ railed, children }: { railed: boolean; children: ReactNode }) {
  const connection = useConnection();
  const status = useServerStatus();
  return (
    <Shell connection={connection} status={status} railed={railed}>
      {children}
    </Shell>
  );
}
