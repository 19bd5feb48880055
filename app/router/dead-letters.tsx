'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTRPC } from '@/app/_client/trpc';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Empty } from '@/components/ui/empty';
import { EventTypeName } from '@/components/ui/event-type-name';
import { formatCount, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import { Time } from '@/components/ui/time';

const KINDS = { row: 'row of a log', publish: 'publish', handler: 'handler', bridge: 'bridge' } as const;
const PAGE = 25;

/** Open dead letters, newest first. `total` is live; when it changes, the list is fetched again. */
export function DeadLetters({ total }: { total: number }) {
  const trpc = useTRPC();
  const [limit, setLimit] = useState(PAGE);
  const query = trpc.deadLetters.list.queryOptions({ limit }, { placeholderData: keepPreviousData });
  const { data, error, isPending, refetch } = useQuery(query);
  useEffect(() => {
    // The first fetch is under way by itself; this one is for every change after it.
    void refetch({ cancelRefetch: false });
  }, [total, refetch]);
  const letters = data?.letters ?? [];
  return (
    <Panel title="Dead letters" hint={`${formatCount(data?.total ?? total)} open`} flush>
      {isPending && <Skeleton className="m-3 h-16" />}
      {error !== null && <Empty title="The dead letters cannot be read right now">{error.message}</Empty>}
      {data !== undefined && letters.length === 0 && (
        <Empty title="None">Every row became an event, and every handler did its work.</Empty>
      )}
      {letters.length > 0 && (
        <Table label="Dead letters">
          <thead>
            <tr>
              <Th>When</Th>
              <Th>Kind</Th>
              <Th>Reason</Th>
              <Th>Type</Th>
              <Th>From</Th>
              <Th>Content</Th>
            </tr>
          </thead>
          <tbody>
            {letters.map((letter) => (
              <Tr key={letter.id} className="align-top">
                <Td className="whitespace-nowrap">
                  <Time at={letter.at} />
                </Td>
                <Td className="whitespace-nowrap">
                  <Badge tone={letter.kind === 'handler' ? 'bad' : 'warn'} shape>
                    {KINDS[letter.kind]}
                  </Badge>
                </Td>
                <Td className="min-w-60">{letter.reason}</Td>
                <Td>{letter.event_type === null ? NONE : <EventTypeName type={letter.event_type} />}</Td>
                <Td className="font-mono whitespace-nowrap text-dim">
                  {letter.source}
                  {letter.reference !== null && ` ${letter.reference}`}
                </Td>
                <Td>
                  <details className="max-w-96">
                    <summary className="cursor-pointer text-dim hover:text-fg">
                      {formatCount(letter.content.length)} characters
                    </summary>
                    <pre className="mt-1 max-h-60 overflow-auto font-mono text-2xs break-all whitespace-pre-wrap">
                      {letter.content}
                    </pre>
                  </details>
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
      {data !== undefined && data.total > letters.length && limit < 200 && (
        <div className="border-t p-2 text-center">
          <Button onClick={() => setLimit(Math.min(200, limit * 2))}>Show more</Button>
        </div>
      )}
    </Panel>
  );
}
