import type { ReactNode } from 'react';
import { useId } from 'react';
import { cn } from '../cn';

/** A titled section. `header` stands at the right of the title; `flush` lets tables touch the edges. */
export function Panel({
  title,
  hint,
  header,
  flush = false,
  scrolls = false,
  anchor,
  className,
  bodyClassName,
  children,
}: {
  title: ReactNode;
  hint?: ReactNode;
  header?: ReactNode;
  flush?: boolean;
  /** Its body scrolls by itself: it can be reached by Tab, for what it lists may hold nothing that can. */
  scrolls?: boolean;
  /** The name by which a link on the page leads here. */
  anchor?: string;
  className?: string;
  bodyClassName?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section
      id={anchor}
      aria-labelledby={id}
      data-panel
      className={cn('relative flex min-w-0 scroll-mt-14 flex-col rounded-md border bg-surface', className)}
    >
      <header className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-1">
        <h2 id={id} className="min-w-0 text-sm font-semibold [overflow-wrap:anywhere]">
          {title}
        </h2>
        {hint !== undefined && (
          <span
            className={cn('min-w-0 text-xs text-faint', typeof hint === 'string' && 'sm:truncate')}
            title={typeof hint === 'string' ? hint : undefined}
          >
            {hint}
          </span>
        )}
        {header !== undefined && <div className="ml-auto flex items-center gap-2">{header}</div>}
      </header>
      <div
        data-panel-body
        {...(scrolls && { tabIndex: 0, role: 'group', 'aria-labelledby': id })}
        className={cn(
          'min-h-0 min-w-0 flex-1',
          flush ? '' : 'p-3',
          scrolls && 'overflow-y-auto focus-visible:-outline-offset-2',
          bodyClassName,
        )}
      >
        {children}
      </div>
    </section>
  );
}
