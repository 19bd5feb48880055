'use client';

import Link from 'next/link';
import { NewestFeed } from '@/app/_client/newest/newest-feed';
import { nodeEventsHref } from '@/components/nodes/href';
import { Empty } from '@/components/ui/panel/empty';
import { Panel } from '@/components/ui/panel/panel';
import type { Severity } from '@/domain/events/envelope';
import type { ListStart } from '@/server/live/feeds/list-start';

const SHOWN = 30;
const BAD: readonly Severity[] = ['warning', 'error', 'critical'];
const NONE = <Empty title="None in this history" />;

/** What went wrong on it lately, live. */
export function FailuresPanel({ node, start }: { node: string; start: ListStart }) {
  const href = `${nodeEventsHref(node)}${BAD.map((severity) => `&severity=${severity}`).join('')}`;
  return (
    <Panel
      title="Warnings and failures"
      hint="newest first"
      header={<AllLink href={href} />}
      flush
      bodyClassName="relative max-h-96 overflow-y-auto"
    >
      <NewestFeed start={start} filter={{ node: [node], severity: BAD }} limit={SHOWN} empty={NONE} />
    </Panel>
  );
}

/** Its newest events, live. */
export function EventsPanel({ node, start }: { node: string; start: ListStart }) {
  return (
    <Panel
      title="Newest events"
      hint="about it, or from it"
      header={<AllLink href={nodeEventsHref(node)} />}
      flush
      bodyClassName="relative max-h-96 overflow-y-auto"
    >
      <NewestFeed start={start} filter={{ node: [node] }} limit={SHOWN} empty={NONE} />
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
