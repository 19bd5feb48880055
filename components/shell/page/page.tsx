import type { ReactNode } from 'react';
import { cn } from '../../ui/cn';
import { PageTools } from './page-tools';
import { WayUp, type Up } from './way-up';

/** The frame of a page: its title with the views of the page, one line on what it answers, and controls at the right. */
export function Page({
  title,
  up,
  lead,
  header,
  fill = false,
  children,
}: {
  title: string;
  /** Where the page of one thing leads back to. */
  up?: Up;
  lead?: ReactNode;
  header?: ReactNode;
  /** True: exactly as high as the window, for pages that scroll inside. */
  fill?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      className={cn('flex min-w-0 flex-col gap-3 p-3 md:p-4', fill ? 'h-full print:h-[85dvh]' : 'min-h-full')}
    >
      <div className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1">
        {up !== undefined && (
          <div className="-mb-1 basis-full">
            <WayUp {...up} />
          </div>
        )}
        <h1 className="min-w-0 text-lg font-semibold tracking-tight [overflow-wrap:anywhere]">{title}</h1>
        <PageTools />
        {/* It rather breaks in two than lets the controls jump to a line of their own when one more of them appears. */}
        {lead !== undefined && (
          <p className="min-w-0 flex-[1_1_16rem] text-sm [overflow-wrap:anywhere] text-dim">{lead}</p>
        )}
        {header !== undefined && (
          <div className="flex min-w-0 flex-wrap items-center gap-2 sm:ml-auto sm:justify-end">{header}</div>
        )}
      </div>
      {children}
    </div>
  );
}
