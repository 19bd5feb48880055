'use client';

import type { ReactNode } from 'react';
import { lazy } from 'react';
import { PageToolsProvider } from '@/components/shell/page-tools';
import { Shell } from '@/components/shell/shell';
import type { SavedView } from '@/domain/views/view';
import { useConnection, useServerStatus } from './live-provider';
import { ViewsDoor } from './views/views-door';
import { ViewsProvider } from './views/views-provider';

const loadPalette = () => import('./palette/command-palette');
const CommandPalette = lazy(loadPalette);
const TOOLS = <ViewsDoor />;

/** The shell with what it shows of the connection, the saved views and the palette. */
export function LiveShell({
  railed,
  views,
  children,
}: {
  railed: boolean;
  /** Saved views to start with; null: they are asked for. */
  views: readonly SavedView[] | null;
  children: ReactNode;
}) {
  return (
    <ViewsProvider initial={views}>
      <ConnectedShell railed={railed}>
        <PageToolsProvider tools={TOOLS}>{children}</PageToolsProvider>
      </ConnectedShell>
    </ViewsProvider>
  );
}

function ConnectedShell({ railed, children }: { railed: boolean; children: ReactNode }) {
  const connection = useConnection();
  const status = useServerStatus();
  return (
    <Shell
      connection={connection}
      status={status}
      railed={railed}
      palette={(doors) => <CommandPalette {...doors} />}
      preparePalette={() => void loadPalette()}
    >
      {children}
    </Shell>
  );
}
