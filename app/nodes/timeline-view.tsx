'use client';

import { useState } from 'react';
import type { FleetNode } from '@/components/nodes/fleet/fleet';
import { TimelineRows } from '@/components/nodes/timeline/timeline-rows';
import { Button } from '@/components/ui/controls/button';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount } from '@/components/ui/format';
import type { Timelines } from '@/server/api/pages/nodes';
import { usePageSearch } from '../_client/page/page-controls';
import { useTRPC } from '../_client/queries/trpc';
import { useLiveQuery, type Initial } from '../_client/queries/use-live-query';
import { TIMELINE_PAGE } from './timeline-page';
import { useTick } from './use-tick';

export type TimelineInput = { nodes: string[]; since: number | null; until: number | null };

/** The nodes' states over the range of the page, fifty nodes at a time. */
export function TimelineView({
  nodes,
  initial,
  onPick,
}: {
  nodes: readonly FleetNode[];
  initial: Initial<TimelineInput, Timelines>;
  onPick: (seq: number) => void;
}) {
  const trpc = useTRPC();
  const [page, setPage] = useState(0);
  const {
    input: { since, until },
  } = usePageSearch();
  const pages = Math.max(1, Math.ceil(nodes.length / TIMELINE_PAGE));
  const at = Math.min(page, pages - 1);
  const shown = nodes.slice(at * TIMELINE_PAGE, (at + 1) * TIMELINE_PAGE);
  const input: TimelineInput = { nodes: shown.map(({ node }) => node), since, until };
  const query = useLiveQuery(trpc.pages.nodes.timelines.queryOptions(input), input, useTick(15), initial);
  const rows = shown.map(({ node, live, slow }) => ({
    ...{ node, status: live.status, availability: slow?.availability },
  }));
  if (query.data === undefined) return <Empty title={query.error ?? 'Asking…'} />;
  return (
    <>
      <TimelineRows rows={rows} timelines={query.data} onPick={onPick} />
      {pages > 1 && (
        <nav
          aria-label="Pages of nodes"
          className="flex items-center gap-2 border-t px-3 py-1.5 text-xs text-dim"
        >
          <Button disabled={at === 0} onClick={() => setPage(at - 1)}>
            Previous
          </Button>
          <Button disabled={at === pages - 1} onClick={() => setPage(at + 1)}>
            Next
          </Button>
          nodes {formatCount(at * TIMELINE_PAGE + 1)} to{' '}
          {formatCount(Math.min(nodes.length, (at + 1) * TIMELINE_PAGE))} of {formatCount(nodes.length)}
        </nav>
      )}
    </>
  );
}
