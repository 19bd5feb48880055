import * as Slot from 'radix-ui/slot';
import type { ComponentProps } from 'react';
import { cn } from '../cn';

const BASE =
  'inline-flex items-center justify-center gap-1.5 whitespace-nowrap rounded border font-medium select-none ' +
  'disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50';

const VARIANTS = {
  default: 'border-line-strong/60 bg-surface text-fg hover:bg-raised data-[state=open]:bg-raised',
  primary: 'border-accent bg-accent text-on-accent hover:opacity-90',
  /** A control whose setting is in effect, such as a filter with values. */
  active: 'border-accent bg-accent-soft text-accent hover:opacity-90',
  ghost: 'border-transparent text-dim hover:bg-raised hover:text-fg data-[state=open]:bg-raised',
  danger: 'border-bad bg-bad-soft text-bad hover:opacity-90',
} as const;

const SIZES = { sm: 'h-7 px-2 text-xs', md: 'h-8 px-3 text-sm' } as const;
const SQUARES = { sm: 'size-7', md: 'size-8' } as const;

interface Look {
  variant?: keyof typeof VARIANTS;
  size?: keyof typeof SIZES;
  /** Renders the only child (a link, say) with the looks of a button. */
  asChild?: boolean;
}

export function Button({
  variant = 'default',
  size = 'sm',
  asChild = false,
  className,
  ...rest
}: ComponentProps<'button'> & Look) {
  const Element = asChild ? Slot.Root : 'button';
  return (
    <Element
      {...(asChild ? {} : { type: 'button' as const })}
      {...rest}
      className={cn(BASE, VARIANTS[variant], SIZES[size], className)}
    />
  );
}

/** A square button with an icon only; `label` is its accessible name and its native tooltip. */
export function IconButton({
  label,
  variant = 'ghost',
  size = 'sm',
  asChild = false,
  className,
  ...rest
}: ComponentProps<'button'> & Look & { label: string }) {
  const Element = asChild ? Slot.Root : 'button';
  return (
    <Element
      {...(asChild ? {} : { type: 'button' as const })}
      aria-label={label}
      title={label}
      {...rest}
      className={cn(BASE, VARIANTS[variant], SQUARES[size], className)}
    />
  );
}
