'use client';

import Link from 'next/link';
import { useTRPC } from '@/app/_client/queries/trpc';
import { useLiveQuery } from '@/app/_client/queries/use-live-query';
import {
  FAILURE_KINDS,
  KIND_NAME,
  formatP,
  formatShare,
  sayComparison,
} from '@/components/nodes/results/results';
import { ALPHA } from '@/components/nodes/results/results-columns';
import { formatCount, formatFixed, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Table, Td, Th, Tr } from '@/components/ui/panel/table';
import type { Outcome, ResultRow, Results } from '@/server/api/pages/nodes';
import { useTick } from '../use-tick';

const SPAN = { span: '7d' } as const;

/** The node's results of the last seven days beside the whole fleet's. */
export function ComparedPanel({ node, initial }: { node: string; initial: Results }) {
  const trpc = useTRPC();
  const { data } = useLiveQuery(trpc.pages.nodes.results.queryOptions(SPAN), SPAN, useTick(120), {
    input: SPAN,
    data: initial,
  });
  const row = data?.rows.find((each) => each.node === node);
  const worse = data?.worse.filter((each) => each.node === node) ?? [];
  return (
    <Panel
      title="Compared with the others"
      hint="last 7 d"
      header={
        <Link href="/nodes?over=7d" prefetch={false} className="text-xs text-accent hover:underline">
          All nodes
        </Link>
      }
      flush
    >
      {data === undefined || row === undefined ? (
        <p className="p-3 text-xs text-faint">Nothing to compare yet.</p>
      ) : (
        <>
          <div className="border-b px-3 py-2 text-xs text-dim">
            {worse.length === 0 ? (
              <p>
                <strong className="font-semibold text-fg">Like the others:</strong> none of its tests stays
                below {ALPHA * 100} % after correction for all {formatCount(data.tests)} tests of the fleet
                (Holm).
              </p>
            ) : (
              <ul>
                {worse.map((each) => (
                  <li key={each.kind} className="text-warn">
                    ▲ {sayComparison(each)}
                  </li>
                ))}
              </ul>
            )}
          </div>
          <Compared row={row} data={data} />
        </>
      )}
    </Panel>
  );
}

function Compared({ row, data }: { row: ResultRow; data: Results }) {
  return (
    <Table label="Results beside the fleet’s">
      <thead>
        <tr>
          <Th>Failures of</Th>
          <Th className="text-right">this node</Th>
          <Th className="text-right">all others</Th>
          <Th className="text-right" title="One-sided, after Holm’s correction">
            p
          </Th>
        </tr>
      </thead>
      <tbody>
        {FAILURE_KINDS.map((kind) => {
          const own = row[kind];
          const [n, failed] = data.fleet[kind];
          return (
            <Tr key={kind}>
              <Th scope="row" className="font-normal">
                {KIND_NAME[kind]}
              </Th>
              <Td className="text-right">{sayShare(own)}</Td>
              <Td className="text-right">{sayShare([n - own[0], failed - own[1], null])}</Td>
              <Td className="text-right">{formatP(own[2])}</Td>
            </Tr>
          );
        })}
        <Tr>
          <Th scope="row" className="font-normal">
            seconds per game
          </Th>
          <Td className="text-right">{row.pace[1] === null ? NONE : `${formatFixed(row.pace[1], 2)} s`}</Td>
          <Td className="text-right text-faint">its type only</Td>
          <Td className="text-right">{formatP(row.pace[2])}</Td>
        </Tr>
      </tbody>
    </Table>
  );
}

function sayShare([n, failed]: Outcome): string {
  return n === 0 ? NONE : `${formatShare(failed / n)} of ${formatCount(n)}`;
}
