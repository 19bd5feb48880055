'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/app/_client/queries/trpc';
import { Button } from '@/components/ui/controls/button';
import { CategoryLabel } from '@/components/ui/names/category-label';
import { Dialog, DialogContent } from '@/components/ui/over/dialog';
import { formatBytes, formatCount, formatPlural } from '@/components/ui/format';
import { Table, Td, Th, Tr } from '@/components/ui/panel/table';
import { Time } from '@/components/ui/time/time';
import type { RetentionPolicy } from '@/domain/retention/policy';
import { limitsOf } from './retention-draft';
import type { RetentionPreview, RetentionStatus } from '@/server/api/settings/retention';

/** Counts what a change would remove before it is made; removing cannot be undone. */
export function RetentionDialog({
  policy,
  onClose,
  onSet,
}: {
  policy: RetentionPolicy;
  onClose: () => void;
  onSet: (status: RetentionStatus) => void;
}) {
  const trpc = useTRPC();
  const preview = useQuery(
    trpc.retention.preview.queryOptions({ policy }, { staleTime: 0, gcTime: 0, retry: false }),
  );
  const set = useMutation(trpc.retention.set.mutationOptions({ onSuccess: onSet }));
  const error = preview.error ?? set.error;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="Change how long history is kept"
        description="Removed events cannot be brought back. Their counts per minute, hour and day stay, and so does whatever came in within the last day."
      >
        <div className="flex flex-col gap-4">
          <Limits policy={policy} />
          <div role="status">
            {error !== null && <p className="text-bad">{error.message}</p>}
            {error === null && preview.data === undefined && <p>Counting what would go…</p>}
            {preview.data !== undefined && <PreviewResult preview={preview.data} />}
          </div>
          <div className="flex justify-end gap-2">
            <Button size="md" onClick={onClose}>
              Cancel
            </Button>
            <Button
              size="md"
              variant={preview.data !== undefined && preview.data.events > 0 ? 'danger' : 'primary'}
              disabled={preview.data === undefined || set.isPending}
              onClick={() => set.mutate({ policy })}
            >
              {preview.data === undefined || preview.data.events === 0
                ? 'Set limits'
                : `Set limits and remove ${formatCount(preview.data.events)}`}
            </Button>
          </div>
        </div>
      </DialogContent>
    </Dialog>
  );
}

/** The form behind is covered by then, and what goes says nothing of why. */
function Limits({ policy }: { policy: RetentionPolicy }) {
  return (
    <section aria-label="What goes by the new limits">
      <h3 className="text-xs text-dim">By the new limits go</h3>
      <ul className="list-disc pl-5 text-sm [overflow-wrap:anywhere]">
        {limitsOf(policy).map((limit) => (
          <li key={limit}>{limit}</li>
        ))}
      </ul>
    </section>
  );
}

function PreviewResult({ preview }: { preview: RetentionPreview }) {
  const { events, byCategory, oldest, newest, forSize, size } = preview;
  if (events === 0)
    return (
      <p>
        No event goes now; limits are applied again every hour. History holds{' '}
        {formatPlural(size.events, 'event')}, {formatBytes(size.usedBytes)} in use.
      </p>
    );
  return (
    <div className="flex flex-col gap-3">
      <p>
        <strong>{formatPlural(events, 'event')}</strong> of {formatCount(size.events)} would go
        {oldest !== null && newest !== null && (
          <>
            , from <Time at={oldest} /> to <Time at={newest} />
          </>
        )}
        .
      </p>
      <Table label="Events that would go, by category">
        <thead>
          <tr>
            <Th>Category</Th>
            <Th className="text-right">Events</Th>
          </tr>
        </thead>
        <tbody>
          {byCategory.map(({ category, events: count }) => (
            <Tr key={category}>
              <Td>
                <CategoryLabel category={category} />
              </Td>
              <Td className="text-right tabular-nums">{formatCount(count)}</Td>
            </Tr>
          ))}
          {forSize > 0 && (
            <Tr>
              <Td>the oldest of what is left, for the size</Td>
              <Td className="text-right tabular-nums">about {formatCount(forSize)}</Td>
            </Tr>
          )}
        </tbody>
      </Table>
    </div>
  );
}
