import type { ComponentProps } from 'react';
import { cn } from '../cn';

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      rows={2}
      {...rest}
      className={cn(
        'min-w-0 rounded border border-line-strong/60 bg-surface px-2 py-1 text-sm text-fg disabled:opacity-50',
        className,
      )}
    />
  );
}
