'use client';

import type { NodeStatus } from '@/domain/realtime/entities';
import type { Timelines, WireAvailability } from '@/server/api/pages/nodes';
import { Time } from '../../ui/time/time';
import { formatDuration } from '../../ui/format';
import { Bands } from './bands';
import { formatAvailability } from '../availability';
import { NodeLink } from '../node-link';
import { StatusShape } from '../status-shape';

export interface TimelineRow {
  readonly node: string;
  readonly status: NodeStatus;
  readonly availability: readonly WireAvailability[] | undefined;
}

const WINDOW_NAMES = ['1 h', '24 h', '7 d'];

/** A row per node: its states over the window, and how much of the last 1 h, 24 h and 7 d it was there. */
export function TimelineRows({
  rows,
  timelines,
  onPick,
}: {
  rows: readonly TimelineRow[];
  timelines: Timelines;
  onPick: (seq: number) => void;
}) {
  const bands = new Map(timelines.rows.map((row) => [row.node, row.bands]));
  const { since, until } = timelines;
  return (
    <table className="w-full text-left text-xs" aria-label="State of each node over time">
      <thead>
        <tr className="text-faint">
          <th scope="col" className="w-36 py-1 pr-1 pl-3 font-medium sm:w-56 sm:pr-3">
            Node
          </th>
          <th scope="col" className="px-1 py-1 font-normal">
            <span className="flex justify-between gap-2">
              <Time at={since} />
              <span className="hidden sm:inline">{formatDuration(until - since)}</span>
              <Time at={until} />
            </span>
          </th>
          {WINDOW_NAMES.map((name) => (
            <th
              key={name}
              scope="col"
              className="hidden px-2 py-1 text-right font-medium whitespace-nowrap md:table-cell md:w-20"
              title={`Share of the last ${name} in which the node was there: declared online and not silent`}
            >
              Up {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ node, status, availability }) => (
          <tr key={node} className="h-7 hover:bg-raised/50">
            <th scope="row" className="max-w-36 pr-1 pl-3 font-normal sm:max-w-56 sm:pr-3">
              <span className="flex min-w-0 items-center gap-1.5">
                <StatusShape status={status} />
                <NodeLink node={node} className="max-w-full min-w-0" />
              </span>
            </th>
            <td className="px-1 align-middle">
              <Bands bands={bands.get(node) ?? []} since={since} until={until} label={node} onPick={onPick} />
            </td>
            {WINDOW_NAMES.map((name, index) => (
              <td key={name} className="hidden px-2 text-right whitespace-nowrap md:table-cell">
                {formatAvailability(availability?.[index])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
