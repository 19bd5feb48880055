'use client';

import { EventsLink } from '@/components/nodes/node-link';
import { FAILURE_KINDS, KIND_NAME, formatShare, resultHref } from '@/components/nodes/results/results';
import { Elapsed } from '@/components/ui/time/elapsed';
import { formatCount, formatFixed, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Table, Td, Th, Tr } from '@/components/ui/panel/table';
import type { Sums } from '@/domain/projections/nodes';
import type { FailureKind, NodeDetailAnswer, Total } from '@/server/api/pages/nodes';

const COLUMNS: Readonly<Record<FailureKind, readonly [keyof Sums, keyof Sums]>> = {
  selfplay: ['batches', 'batches_failed'],
  work: ['work', 'work_failed'],
  checks: ['checks', 'checks_failed'],
  syncs: ['syncs', 'syncs_failed'],
};

/** What it is doing, and what it did over the last day and week. */
export function WorkPanel({ data }: { data: NodeDetailAnswer }) {
  const { node, duties } = data;
  const { day, week } = data.totals;
  return (
    <Panel title="Work" hint="under way, and done in the last 24 h and 7 d" flush>
      <ul className="flex flex-col gap-1 border-b px-3 py-2 text-xs">
        {duties.length === 0 && <li className="text-faint">Nothing under way.</li>}
        {duties.map(({ id, what, about, since }) => (
          <li key={`${what} ${id}`} className="flex min-w-0 gap-2">
            <span className="shrink-0 font-medium">{what}</span>
            {about !== null && <span className="shrink-0 font-mono text-dim">{about}</span>}
            <span className="min-w-0 truncate font-mono text-faint" title={id}>
              {id}
            </span>
            <span className="ml-auto shrink-0 text-dim">
              for <Elapsed at={since} />
            </span>
          </li>
        ))}
      </ul>
      <Table label="Work done">
        <thead>
          <tr>
            <Th>Kind</Th>
            <Th className="text-right">24 h</Th>
            <Th className="text-right">failed</Th>
            <Th className="text-right">7 d</Th>
            <Th className="text-right">failed</Th>
          </tr>
        </thead>
        <tbody>
          <Tr>
            <Th scope="row" className="font-normal">
              selfplay games
            </Th>
            <Td className="text-right">{formatCount(day.sums.games)}</Td>
            <Td />
            <Td className="text-right">{formatCount(week.sums.games)}</Td>
            <Td />
          </Tr>
          {FAILURE_KINDS.map((kind) => {
            return (
              <Tr key={kind}>
                <Th scope="row" className="font-normal">
                  {KIND_NAME[kind]}
                </Th>
                <Done node={node} kind={kind} total={day} />
                <Done node={node} kind={kind} total={week} />
              </Tr>
            );
          })}
          <Tr>
            <Th scope="row" className="font-normal">
              seconds per game
            </Th>
            <Td className="text-right">{sayPace(day.sums)}</Td>
            <Td />
            <Td className="text-right">{sayPace(week.sums)}</Td>
            <Td />
          </Tr>
        </tbody>
      </Table>
    </Panel>
  );
}

/** How much was done in a stretch, and how much of it failed, which leads to those failures. */
function Done({ node, kind, total: { since, sums } }: { node: string; kind: FailureKind; total: Total }) {
  const [all, failed] = COLUMNS[kind];
  const [n, bad] = [sums[all], sums[failed]];
  const said = n === 0 ? NONE : `${formatCount(bad)} (${formatShare(bad / n)})`;
  return (
    <>
      <Td className="text-right">{formatCount(n)}</Td>
      <Td className="text-right whitespace-nowrap">
        {bad === 0 ? said : <EventsLink href={resultHref(node, kind, since)}>{said}</EventsLink>}
      </Td>
    </>
  );
}

/** Geometric mean: the sums are of logarithms, in hundredths. */
function sayPace({ paced, pace }: Sums): string {
  return paced === 0 ? NONE : `${formatFixed(Math.exp(pace / 100 / paced), 2)} s`;
}
