'use client';

import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/controls/button';
import { CopyButton } from '@/components/ui/controls/copy-button';
import { useTRPC } from '../../_client/queries/trpc';

/** The newest call and the error stand last, so that is where reading begins. */
function toEnd(box: HTMLElement | null): void {
  if (box !== null) box.scrollTop = box.scrollHeight;
}

/** A traceback as it was written: never run, never laid out as markup. Long lines scroll in their own box. */
export function Traceback({ text }: { text: string }) {
  return (
    <div className="relative min-w-0">
      <CopyButton text={text} label="Copy the traceback" className="absolute top-1 right-1 bg-surface" />
      <pre
        ref={toEnd}
        tabIndex={0}
        role="group"
        aria-label="Traceback"
        className="max-h-80 overflow-auto rounded border bg-bg p-2 pr-10 font-mono text-2xs whitespace-pre"
      >
        {text}
      </pre>
    </div>
  );
}

/** The traceback of a failure's event, fetched when it is opened; `initial` is what the server already read. */
export function TracebackOf({
  eventId,
  initial,
}: {
  eventId: string;
  initial?: { readonly text: string | null };
}) {
  const [open, setOpen] = useState(initial !== undefined);
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col items-start gap-1">
      <Button aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        {open ? 'Hide traceback' : 'Show traceback'}
      </Button>
      <div id={id} className="w-full min-w-0">
        {open && <Fetched eventId={eventId} initial={initial} />}
      </div>
    </div>
  );
}

function Fetched({ eventId, initial }: { eventId: string; initial?: { readonly text: string | null } }) {
  const trpc = useTRPC();
  const query = useQuery({
    ...trpc.pages.training.traceback.queryOptions({ event_id: eventId }),
    initialData: initial && { text: initial.text },
    staleTime: Infinity,
  });
  if (query.isPending) return <p className="text-xs text-faint">Reading the traceback…</p>;
  if (query.isError)
    return <p className="text-xs text-bad">The traceback cannot be read: {query.error.message}</p>;
  if (query.data.text === null)
    return <p className="text-xs text-faint">The event carries no traceback (error_details).</p>;
  return <Traceback text={query.data.text} />;
}
