import type { ReactNode } from 'react';
import { cn } from '../cn';

/** Says honestly why there is nothing here, and what would change that. */
export function Empty({
  title,
  children,
  className,
}: {
  title: ReactNode;
  children?: ReactNode;
  className?: string;
}) {
  return (
    <div className={cn('flex flex-col items-center justify-center gap-1 px-4 py-8 text-center', className)}>
      <p className="text-sm font-medium text-dim">{title}</p>
      {children !== undefined && <div className="max-w-prose text-xs text-faint">{children}</div>}
    </div>
  );
}
