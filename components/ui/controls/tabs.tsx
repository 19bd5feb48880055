'use client';

import * as Primitive from 'radix-ui/tabs';
import type { ComponentProps } from 'react';
import { cn } from '../cn';

export const Tabs = Primitive.Root;
export const TabsContent = Primitive.Content;

export function TabsList({ className, ...rest }: ComponentProps<typeof Primitive.List>) {
  return <Primitive.List {...rest} className={cn('flex gap-1 border-b', className)} />;
}

/** On phones the bar of tabs scrolls: the one that is open is brought into it. */
function showIfActive(tab: HTMLButtonElement | null): void {
  const bar = tab?.parentElement;
  if (tab === null || bar == null || tab.dataset['state'] !== 'active') return;
  bar.scrollLeft = Math.max(0, tab.offsetLeft + tab.offsetWidth - bar.clientWidth);
}

export function TabsTrigger({ className, ...rest }: ComponentProps<typeof Primitive.Trigger>) {
  return (
    <Primitive.Trigger
      {...rest}
      ref={showIfActive}
      className={cn(
        '-mb-px border-b-2 border-transparent px-2 py-1.5 text-sm text-dim hover:text-fg',
        'data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-fg',
        className,
      )}
    />
  );
}
