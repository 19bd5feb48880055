import { cn } from '../cn';

/** Keeps the place of what is being fetched; still, because nothing has happened yet. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn('rounded-sm bg-raised', className)} />;
}
