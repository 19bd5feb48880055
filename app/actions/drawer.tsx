'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { ActionProgress } from '@/app/_actions/press/progress';
import { useTRPC } from '@/app/_client/queries/trpc';
import { ModelLink } from '@/components/models/model-link';
import { Dialog, DialogContent } from '@/components/ui/over/dialog';
import { formatCount, NONE } from '@/components/ui/format';
import { JsonTree } from '@/components/ui/values/json-tree';
import { Skeleton } from '@/components/ui/panel/skeleton';
import { Time } from '@/components/ui/time/time';
import { titleOf } from '@/domain/actions/declared';
import type { ActionDetail } from '@/server/api/actions/log';
import { PastEvidence } from './past-evidence';

/** The action that the URL says is open: who, why, with the evidence as it was. */
export function ActionDrawer({ actionId, onClose }: { actionId: string | null; onClose: () => void }) {
  if (actionId === null) return null;
  return <OpenAction actionId={actionId} onClose={onClose} />;
}

function OpenAction({ actionId, onClose }: { actionId: string; onClose: () => void }) {
  const trpc = useTRPC();
  const { data, error } = useQuery(
    trpc.actions.detail.queryOptions({ action_id: actionId }, { retry: false }),
  );
  const title = data === undefined ? 'Action' : titleOf({ kind: data.kind, eventType: data.event_type });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={title} place="right">
        {error !== null ? (
          <p className="text-bad">{error.message}</p>
        ) : data === undefined ? (
          <Skeleton className="h-64" />
        ) : (
          <Facts detail={data} />
        )}
      </DialogContent>
    </Dialog>
  );
}

function Facts({ detail }: { detail: ActionDetail }) {
  const { kind, subject } = detail;
  const rows = [
    ['When', <Time key="at" at={detail.at} format="datetime" />],
    ['Who', detail.actor],
    ['From', `${detail.address} ${detail.actor_kind}`],
    ['About', kind.startsWith('models.') ? <ModelLink key="about" id={subject} /> : (subject ?? NONE)],
    ['Config', detail.config ?? NONE],
    ['Why', detail.reason],
  ] as const;
  return (
    <div className="flex flex-col gap-4">
      {detail.forced && <p className="text-warn">Forced by an admin while a recovery ran.</p>}
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
        <dt className="text-dim">Entry</dt>
        <dd className="text-dim">
          No. {formatCount(detail.id)}{' '}
          <span
            className="font-mono text-2xs break-all"
            title="Hash of this entry, chained to the one before"
          >
            {detail.hash}
          </span>
        </dd>
      </dl>
      <ActionProgress actionId={detail.action_id} initial={detail.status} />
      {detail.evidence !== null && (
        <section className="flex flex-col gap-2">
          <h3 className="font-semibold">Evidence as it was</h3>
          <PastEvidence evidence={detail.evidence} />
        </section>
      )}
      <section className="flex flex-col gap-1">
        <h3 className="font-semibold">What was asked</h3>
        <JsonTree value={detail.input} />
      </section>
    </div>
  );
}
