import type { ComponentProps } from 'react';
import { cn } from '../cn';

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return (
    <input
      autoComplete="off"
      spellCheck={false}
      {...rest}
      className={cn(
        'h-7 min-w-0 rounded border border-line-strong/60 bg-surface px-2 text-sm text-fg disabled:opacity-50',
        className,
      )}
    />
  );
}
