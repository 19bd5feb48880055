'use client';

import * as Primitive from 'radix-ui/popover';
import type { ComponentProps } from 'react';
import { cn } from '../cn';

export const Popover = Primitive.Root;
export const PopoverTrigger = Primitive.Trigger;

/** `flush` lets what is inside touch the edges, such as a list with a search field of its own. */
export function PopoverContent({
  flush = false,
  className,
  ...rest
}: ComponentProps<typeof Primitive.Content> & { flush?: boolean }) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        sideOffset={4}
        align="start"
        collisionPadding={8}
        {...rest}
        className={cn(
          'z-40 max-h-(--radix-popover-content-available-height) max-w-[calc(100vw-16px)] animate-appear overflow-auto rounded-md border bg-surface text-sm shadow-float',
          flush ? 'p-0' : 'p-3',
          className,
        )}
      />
    </Primitive.Portal>
  );
}
