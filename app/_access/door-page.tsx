import type { ReactNode } from 'react';
import { Mark } from '@/components/shell/mark';

/** The frame of pages that come before the control room; it covers the room where that is already on screen. */
export function DoorPage({
  title,
  lead,
  children,
}: {
  title: string;
  lead: ReactNode;
  children?: ReactNode;
}) {
  return (
    <main className="fixed inset-0 z-50 overflow-auto bg-bg text-fg">
      <div className="mx-auto flex min-h-full w-full max-w-sm flex-col justify-center gap-4 p-4">
        <p className="flex items-center gap-2">
          <Mark className="size-4.5 text-accent" />
          <span className="font-semibold tracking-tight">Ringside</span>
        </p>
        <div className="flex flex-col gap-4 rounded-md border bg-surface p-4">
          <div className="flex flex-col gap-1">
            <h1 className="text-lg font-semibold tracking-tight">{title}</h1>
            <p className="text-sm text-dim">{lead}</p>
          </div>
          {children}
        </div>
      </div>
    </main>
  );
}
