import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from '../cn';

/** The platform's own select: keyboard, type-ahead and phones work without further code. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <span className={cn('relative inline-flex', className)}>
      <select
        {...rest}
        className="h-7 w-full appearance-none rounded border border-line-strong/60 bg-surface pr-7 pl-2 text-xs text-fg hover:bg-raised disabled:opacity-50"
      >
        {children}
      </select>
      <ChevronDown className="pointer-events-none absolute top-1.5 right-1.5 size-4 text-faint" aria-hidden />
    </span>
  );
}
