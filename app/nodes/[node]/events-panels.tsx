'use client';

import Link from 'next/link';
import { useState, useSyncExternalStore } from 'react';
import { useLiveFeed } from '@/app/_client/live-provider';
import { NewestRows } from '@/app/_overview/newest-rows';
import { nodeEventsHref } from '@/components/nodes/href';
import { NewestList } from '@/components/overview/newest-list';
import { Empty } from '@/components/ui/empty';
import { Panel } from '@/components/ui/panel';
import type { EventRow, Severity } from '@/domain/events/envelope';

const SHOWN = 30;
const BAD: readonly Severity[] = ['warning', 'error', 'critical'];

/** A feed's newest rows, held still while one points at them. */
function LiveRows({
  rows,
  filter,
  empty,
}: {
  rows: readonly EventRow[];
  filter: { node: string[]; severity?: readonly Severity[] };
  empty: string;
}) {
  const [newest] = useState(() => new NewestRows(rows, SHOWN));
  const shown = useSyncExternalStore(newest.subscribe, newest.shown, newest.shown);
  useLiveFeed({ shape: 'row', filter, limit: SHOWN, initialRows: rows }, (frame) => {
    if (frame.kind === 'rows') newest.take(frame.rows, frame.reset);
  });
  if (shown.length === 0) return <Empty title={empty} />;
  return (
    <div
      onPointerEnter={() => newest.hold(true)}
      onPointerLeave={() => newest.hold(false)}
      onFocus={() => newest.hold(true)}
      onBlur={() => newest.hold(false)}
    >
      <NewestList rows={shown} />
    </div>
  );
}

/** What went wrong on it lately, live. */
export function FailuresPanel({ node, initial }: { node: string; initial: readonly EventRow[] }) {
  const href = `${nodeEventsHref(node)}${BAD.map((severity) => `&severity=${severity}`).join('')}`;
  return (
    <Panel
      title="Warnings and failures"
      hint="newest first"
      header={<AllLink href={href} />}
      flush
      bodyClassName="relative max-h-96 overflow-y-auto"
    >
      <LiveRows rows={initial} filter={{ node: [node], severity: BAD }} empty="None in this history" />
    </Panel>
  );
}

/** Its newest events, live. */
export function EventsPanel({ node, rows }: { node: string; rows: readonly EventRow[] }) {
  return (
    <Panel
      title="Newest events"
      hint="about it, or from it"
      header={<AllLink href={nodeEventsHref(node)} />}
      flush
      bodyClassName="relative max-h-96 overflow-y-auto"
    >
      <LiveRows rows={rows} filter={{ node: [node] }} empty="None in this history" />
    </Panel>
  );
}

function AllLink({ href }: { href: string }) {
  return (
    <Link href={href} prefetch={false} className="text-xs text-accent hover:underline">
      All of them
    </Link>
  );
}
