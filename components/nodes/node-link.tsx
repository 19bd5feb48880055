import Link from 'next/link';
import { cn } from '../ui/cn';
import { eventHref, nodeHref } from './href';
import type { ReactNode } from 'react';

const LOOK =
  'rounded-sm underline decoration-line-strong underline-offset-2 hover:text-accent hover:decoration-accent';

/** `className` says how wide it may be: another width beside the usual one would not take its place. */
export function NodeLink({ node, className = 'max-w-44 sm:max-w-64' }: { node: string; className?: string }) {
  return (
    <Link
      href={nodeHref(node)}
      prefetch={false}
      title={node}
      className={cn(LOOK, 'inline-block truncate align-bottom font-mono', className)}
    >
      {node}
    </Link>
  );
}

/** The event behind a figure, by its seq. */
export function SeqLink({ seq, children }: { seq: number | null; children: ReactNode }) {
  if (seq === null) return children;
  return (
    <Link href={eventHref(seq)} prefetch={false} className={cn(LOOK, 'text-dim')}>
      {children}
    </Link>
  );
}

export function EventsLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className={cn(LOOK, 'text-dim')}>
      {children}
    </Link>
  );
}
