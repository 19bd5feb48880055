'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import type { MouseEvent } from 'react';
import { cn } from '@/components/ui/cn';
import type { EventRow } from '@/domain/events/envelope';
import { useKeys } from '../keys';

/** The nearest events before and after, among those of the same config and of the same node. */
export interface EventNeighbours {
  readonly prev_by_config: EventRow | null;
  readonly next_by_config: EventRow | null;
  readonly prev_by_node: EventRow | null;
  readonly next_by_node: EventRow | null;
}

interface Props {
  config: string | null;
  node: string | null;
  /** Undefined while they are looked up. */
  neighbours: EventNeighbours | undefined;
  /** Goes to an event; without it (and with a modifier) the link is followed. */
  onGo: (eventId: string) => void;
}

/** Steps along the config and along the node; `[` and `]` take the config, or the node where there is no config. */
export function EventNeighbourLinks({ config, node, neighbours, onGo }: Props) {
  const [prev, next] =
    config === null
      ? [neighbours?.prev_by_node, neighbours?.next_by_node]
      : [neighbours?.prev_by_config, neighbours?.next_by_config];
  useKeys({
    '[': () => prev && onGo(prev.event_id),
    ']': () => next && onGo(next.event_id),
  });
  if (config === null && node === null) return null;
  return (
    <nav
      aria-label="Prior and next events"
      className="grid max-w-full min-w-0 grid-cols-[minmax(0,max-content)_minmax(0,max-content)_minmax(0,max-content)] gap-x-2 gap-y-1 self-start text-xs"
    >
      {config !== null && (
        <Steps
          of="config"
          name={config}
          prev={neighbours?.prev_by_config}
          next={neighbours?.next_by_config}
          keys
          onGo={onGo}
        />
      )}
      {node !== null && (
        <Steps
          of="node"
          name={node}
          prev={neighbours?.prev_by_node}
          next={neighbours?.next_by_node}
          keys={config === null}
          onGo={onGo}
        />
      )}
    </nav>
  );
}

function Steps({
  of,
  name,
  prev,
  next,
  keys,
  onGo,
}: {
  of: string;
  name: string;
  prev: EventRow | null | undefined;
  next: EventRow | null | undefined;
  keys: boolean;
  onGo: (eventId: string) => void;
}) {
  return (
    <div className="col-span-3 grid grid-cols-subgrid items-center">
      <span className="truncate pr-1 text-2xs text-faint" title={`${of} ${name}`}>
        {of} <span className="font-mono text-dim">{name}</span>
      </span>
      <Step row={prev} to={`Prior event of ${of} ${name}${keys ? ' ( [ )' : ''}`} side="prev" onGo={onGo} />
      <Step row={next} to={`Next event of ${of} ${name}${keys ? ' ( ] )' : ''}`} side="next" onGo={onGo} />
    </div>
  );
}

function Step({
  row,
  to,
  side,
  onGo,
}: {
  row: EventRow | null | undefined;
  to: string;
  side: 'prev' | 'next';
  onGo: (eventId: string) => void;
}) {
  const place = cn(
    'flex h-6 min-w-0 items-center gap-1 rounded border px-1.5',
    side === 'next' && 'justify-end',
  );
  if (!row) {
    const none = side === 'prev' ? 'none before' : 'none after';
    return <span className={cn(place, 'text-faint')}>{row === null ? none : '…'}</span>;
  }
  const go = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onGo(row.event_id);
  };
  return (
    <Link
      href={`/events/${row.event_id}`}
      prefetch={false}
      title={`${to}: ${row.event_type}`}
      aria-label={`${to}: ${row.event_type}`}
      className={cn(place, 'text-dim hover:bg-raised hover:text-fg')}
      onClick={go}
    >
      {side === 'prev' && <ChevronLeft className="size-3.5 shrink-0" aria-hidden />}
      <span className="truncate font-mono text-2xs">{row.event_type}</span>
      {side === 'next' && <ChevronRight className="size-3.5 shrink-0" aria-hidden />}
    </Link>
  );
}
