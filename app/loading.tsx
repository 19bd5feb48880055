import { Skeleton } from '@/components/ui/skeleton';

/** Holds the place of a page while the server renders it. */
export default function Loading() {
  return (
    <div className="flex flex-col gap-3 p-4" role="status" aria-label="Loading">
      <Skeleton className="h-6 w-40" />
      <Skeleton className="h-24" />
      <Skeleton className="h-64" />
    </div>
  );
}
