import type { ReactNode } from 'react';
import { cn } from '../ui/cn';
import { PageTools } from './page-tools';

/** The frame of a page: its title with the views of the page, one line on what it answers, and controls at the right. */
export function Page({
  title,
  lead,
  header,
  fill = false,
  children,
}: {
  title: string;
  lead?: ReactNode;
  header?: ReactNode;
  /** True: exactly as high as the window, for pages that scroll inside. */
  fill?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={cn('flex min-w-0 flex-col gap-3 p-3 md:p-4', fill ? 'h-full' : 'min-h-full')}>
      <div className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1">
        <h1 className="text-lg font-semibold tracking-tight">{title}</h1>
        <PageTools />
        {lead !== undefined && <p className="min-w-0 text-sm text-dim">{lead}</p>}
        {header !== undefined && (
          <div className="flex min-w-0 flex-wrap items-center gap-2 sm:ml-auto sm:justify-end">{header}</div>
        )}
      </div>
      {children}
    </div>
  );
}
