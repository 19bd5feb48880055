import type { LiveQuery } from '@/app/_client/queries/use-live-query';
import { Skeleton } from '@/components/ui/panel/skeleton';

/** Says when what is shown could not be brought up to date. */
export function QueryNote({ query }: { query: LiveQuery<unknown> }) {
  if (query.error === null) return null;
  return (
    <p
      role="status"
      className="rounded border border-warn/40 bg-warn-soft px-2 py-1 text-xs break-words text-warn"
    >
      {query.data === undefined ? 'This could not be loaded' : 'This could not be brought up to date'}:{' '}
      {query.error}
    </p>
  );
}

/** Stands where the first answer is still under way. */
export function Loading() {
  return (
    <div role="status" className="p-3">
      <span className="sr-only">Loading</span>
      <Skeleton className="h-48 w-full" />
    </div>
  );
}
