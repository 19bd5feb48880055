'use client';

import type { ReactNode } from 'react';
import { createContext, useContext, useState, useSyncExternalStore } from 'react';
import { viewTime } from '@/domain/realtime/view-time';

/**
 * The one timer of a page. Ages count from the server's clock, because a browser's may be minutes off; `viewTime` says
 * when from the newest event instead.
 */
export interface Clock {
  /** The moment from which ages count, epoch seconds; whole, so that it changes once a second. */
  readonly now: () => number;
  /** The server's own clock to the minute, epoch seconds: which day it is. */
  readonly wall: () => number;
  readonly initialWall: number;
  /** The server's own clock in whole seconds: what the age of the server's own doings counts from. */
  readonly server: () => number;
  readonly initialServer: number;
  /** Tells the server's wall clock and the time of the newest event, both epoch seconds. */
  readonly sync: (serverNow: number, newestEvent: number | null) => void;
  readonly subscribe: (listener: () => void) => () => void;
  readonly initial: number;
}

export function createClock(
  serverNow: number,
  newestEvent: number | null = null,
  wall: () => number = () => Date.now() / 1000,
): Clock {
  const listeners = new Set<() => void>();
  let offset: number | null = null;
  let newest = newestEvent;
  let timer: ReturnType<typeof setInterval> | null = null;
  const serverTime = (): number => wall() + (offset ?? 0);
  let shown = Math.floor(viewTime(serverNow, newest));
  let second = Math.floor(serverNow);
  const tick = (): void => {
    const time = serverTime();
    const next = Math.floor(viewTime(time, newest));
    if (next === shown && Math.floor(time) === second) return;
    second = Math.floor(time);
    shown = next;
    for (const listener of listeners) listener();
  };
  return {
    initial: shown,
    initialWall: minute(serverNow),
    initialServer: second,
    now: () => shown,
    server: () => second,
    wall: () => minute(serverTime()),
    sync(serverNow, newestEvent) {
      const measured = serverNow - wall();
      // Small differences are the network's; following them would make ages jump.
      if (offset === null || Math.abs(measured - offset) > 2) offset = measured;
      newest = newestEvent;
    },
    subscribe(listener) {
      listeners.add(listener);
      timer ??= setInterval(tick, 1000);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0 || timer === null) return;
        clearInterval(timer);
        timer = null;
      };
    },
  };
}

const minute = (at: number): number => Math.floor(at / 60) * 60;
const day = (at: number): number => Math.floor(at / 86_400) * 86_400;

const ClockContext = createContext<Clock | null>(null);

export function ClockProvider({ clock, children }: { clock: Clock; children: ReactNode }) {
  return <ClockContext value={clock}>{children}</ClockContext>;
}

/** Epoch seconds, changing once a second; during hydration the second of the server's rendering. */
export function useNow(): number {
  const given = useContext(ClockContext);
  const [own] = useState(() => given ?? createClock(0));
  const clock = given ?? own;
  return useSyncExternalStore(clock.subscribe, clock.now, () => clock.initial);
}

/** The moment that ages count from to the day, epoch seconds: which year needs no telling. */
export function useDay(): number {
  const clock = useContext(ClockContext);
  return useSyncExternalStore(
    clock?.subscribe ?? never,
    () => day(clock?.now() ?? 0),
    () => day(clock?.initial ?? 0),
  );
}

/** The server's own clock, changing once a second, also where ages count from elsewhere. */
export function useServerSecond(): number {
  const clock = useContext(ClockContext);
  return useSyncExternalStore(
    clock?.subscribe ?? never,
    () => clock?.server() ?? 0,
    () => clock?.initialServer ?? 0,
  );
}

const never = (): (() => void) => () => undefined;

/** The server's own clock to the minute, epoch seconds, also where ages count from elsewhere. */
export function useWall(): number {
  const clock = useContext(ClockContext);
  return useSyncExternalStore(
    clock?.subscribe ?? never,
    () => clock?.wall() ?? 0,
    () => clock?.initialWall ?? 0,
  );
}

/**
 * The time zone to tell times in; undefined: the viewer's. UTC on the server and during hydration, because the server
 * cannot know the viewer's, and where it is the viewer's own: then nothing is rendered again.
 */
export function useZone(): 'UTC' | undefined {
  return useSyncExternalStore(never, viewersZone, () => 'UTC' as const);
}

let known: { readonly zone: 'UTC' | undefined } | null = null;

function viewersZone(): 'UTC' | undefined {
  known ??= { zone: Intl.DateTimeFormat().resolvedOptions().timeZone === 'UTC' ? 'UTC' : undefined };
  return known.zone;
}

/** False on the server and during hydration, true after: for what only the browser knows. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
