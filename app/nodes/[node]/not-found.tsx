'use client';

import { useParams, useSearchParams } from 'next/navigation';
import { ComesLater } from '@/app/_client/live/comes-later';
import { nodeOfPath } from '@/components/nodes/href';
import { NothingHere } from '@/components/shell/page/nothing-here';

export default function NodeNotFound() {
  const { node: segment } = useParams<{ node?: string }>();
  const given = useSearchParams().get('name') ?? undefined;
  return (
    <>
      <NothingHere
        title="No such node"
        lead="No event has named a node like that; the page opens once one does. It may be spelt otherwise, or have been dropped as the longest silent of more than 5,000."
        href="/nodes"
        all="All nodes"
      />
      {segment !== undefined && <ComesLater topic="nodes.nodes" id={nodeOfPath(segment, given)} />}
    </>
  );
}
