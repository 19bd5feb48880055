'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { ActionProgress } from '@/app/_actions/progress';
import { useTRPC } from '@/app/_client/trpc';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { JsonTree } from '@/components/ui/json-tree';
import { Skeleton } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { titleOf } from '@/domain/actions/declared';
import type { ActionDetail } from '@/server/api/actions/log';

/** The action that the URL says is open: who, why, with the evidence as it was. */
export function ActionDrawer({ actionId, onClose }: { actionId: string | null; onClose: () => void }) {
  if (actionId === null) return null;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="Action" place="right">
        <OpenAction actionId={actionId} />
      </DialogContent>
    </Dialog>
  );
}

function OpenAction({ actionId }: { actionId: string }) {
  const trpc = useTRPC();
  const { data, error } = useQuery(
    trpc.actions.detail.queryOptions({ action_id: actionId }, { retry: false }),
  );
  if (error !== null) return <p className="text-bad">{error.message}</p>;
  return data === undefined ? <Skeleton className="h-64" /> : <Facts detail={data} />;
}

function Facts({ detail }: { detail: ActionDetail }) {
  const rows = [
    ['When', <Time key="at" at={detail.at} format="datetime" />],
    ['Who', `${detail.actor} (${detail.actor_kind}, ${detail.address})`],
    ['About', detail.subject ?? '–'],
    ['Config', detail.config ?? '–'],
    ['Why', detail.reason],
  ] as const;
  return (
    <div className="flex flex-col gap-4">
      <h3 className="text-base font-semibold">
        {titleOf({ kind: detail.kind, eventType: detail.event_type })}
        {detail.forced && ', forced by an admin while a recovery ran'}
      </h3>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        {rows.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-dim">{label}</dt>
            <dd className="break-words">{value}</dd>
          </div>
        ))}
        <dt className="text-dim">Event</dt>
        <dd>
          <Link
            href={`/events/${detail.action_id}`}
            className="font-mono underline decoration-line-strong underline-offset-2 hover:text-accent"
          >
            {detail.event_type}
          </Link>
        </dd>
        <dt className="text-dim">Chain</dt>
        <dd className="font-mono text-2xs break-all text-dim">
          entry {detail.id}, {detail.hash}
        </dd>
      </dl>
      <ActionProgress actionId={detail.action_id} initial={detail.status} />
      <section className="flex flex-col gap-1">
        <h4 className="font-semibold">Evidence as it was</h4>
        <JsonTree value={detail.evidence} />
      </section>
      <section className="flex flex-col gap-1">
        <h4 className="font-semibold">What was asked</h4>
        <JsonTree value={detail.input} />
      </section>
    </div>
  );
}
