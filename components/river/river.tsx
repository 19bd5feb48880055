'use client';

import Link from 'next/link';
import type { PointerEvent } from 'react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { cn } from '@/components/ui/cn';
import type { Anchor } from './anchor';
import type { RiverHit } from './engine';
import { RiverEngine } from './engine';
import { AXIS_HEIGHT, LANE_HEIGHT } from './geometry';
import type { Describe } from './hit-card';
import { HitCard } from './hit-card';
import type { RiverLane } from './lanes';
import type { DotSource } from './source';

export interface RiverProps {
  readonly source: DotSource;
  readonly lanes: readonly RiverLane[];
  readonly windowSeconds: number;
  /** Server wall clock, epoch seconds. */
  readonly now: () => number;
  readonly describe: Describe;
  readonly onOpen: (seq: number) => void;
  readonly onAnchor: (anchor: Anchor) => void;
}

/** The river of events: time runs across to the right edge, a lane per category, a mark per event. */
export function River({ source, lanes, windowSeconds, now, describe, onOpen, onAnchor }: RiverProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const engine = useRef<RiverEngine | null>(null);
  const [hit, setHit] = useState<RiverHit | null>(null);
  const anchored = useEffectEvent(onAnchor);
  const wallNow = useEffectEvent(now);
  const laneCount = lanes.length;
  useEffect(() => {
    if (canvas.current === null) return;
    const options = {
      source,
      lanes: laneCount,
      now: () => wallNow(),
      onAnchor: (a: Anchor) => anchored(a),
      onHit: setHit,
    };
    const made = new RiverEngine(canvas.current, options);
    engine.current = made;
    return () => {
      engine.current = null;
      made.stop();
    };
  }, [source, laneCount]);
  useEffect(() => engine.current?.setWindow(windowSeconds), [source, laneCount, windowSeconds]);

  const point = (event: PointerEvent<HTMLCanvasElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    engine.current?.point([event.clientX - box.left, event.clientY - box.top]);
  };
  return (
    <div className="grid grid-cols-[6.25rem_minmax(0,1fr)] sm:grid-cols-[7.5rem_minmax(0,1fr)]">
      <LaneNames lanes={lanes} />
      <div className="relative min-w-0">
        <canvas
          ref={canvas}
          role="img"
          aria-label={`Events of the last ${windowSeconds / 60} minutes by category; the table view tells the same in numbers.`}
          className={cn('block w-full', hit !== null && 'cursor-pointer')}
          style={{ height: laneCount * LANE_HEIGHT + AXIS_HEIGHT }}
          onPointerMove={point}
          onPointerDown={point}
          onPointerLeave={() => engine.current?.point(null)}
          // A finger cannot hover: its first tap names the event, and the card's link opens it.
          onPointerUp={(event) =>
            event.pointerType === 'mouse' && event.button === 0 && hit !== null && onOpen(hit.seq)
          }
        />
        {hit !== null && <HitCard hit={hit} describe={describe} />}
      </div>
    </div>
  );
}

function LaneNames({ lanes }: { lanes: readonly RiverLane[] }) {
  return (
    <ul aria-label="Categories" className="border-r">
      {lanes.map((lane) => (
        <li key={lane.id} style={{ height: LANE_HEIGHT }} className="flex items-center justify-end">
          <Link
            href={lane.href}
            prefetch={false}
            className="truncate px-2 text-2xs leading-6 text-dim hover:text-accent hover:underline"
          >
            {lane.label}
          </Link>
        </li>
      ))}
    </ul>
  );
}
