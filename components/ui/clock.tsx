'use client';

import type { ReactNode } from 'react';
import { createContext, useContext, useState, useSyncExternalStore } from 'react';

/**
 * The one timer of a page. Ages count from the server's clock, because a browser's may be minutes off, and never lag
 * behind the newest event: a simulated cluster lives faster than we do.
 */
export interface Clock {
  /** Epoch seconds; whole, so that it changes once a second. */
  readonly now: () => number;
  /** Tells the server's wall clock and the time of the newest event, both epoch seconds. */
  readonly sync: (serverNow: number, newestEvent: number | null) => void;
  readonly subscribe: (listener: () => void) => () => void;
  readonly initial: number;
}

export function createClock(initial: number, wall: () => number = () => Date.now() / 1000): Clock {
  const listeners = new Set<() => void>();
  let offset: number | null = null;
  let newest = 0;
  let timer: ReturnType<typeof setInterval> | null = null;
  let shown = Math.floor(initial);
  const tick = (): void => {
    const next = Math.floor(Math.max(wall() + (offset ?? 0), newest));
    if (next === shown) return;
    shown = next;
    for (const listener of listeners) listener();
  };
  return {
    initial: shown,
    now: () => shown,
    sync(serverNow, newestEvent) {
      const measured = serverNow - wall();
      // Small differences are the network's; following them would make ages jump.
      if (offset === null || Math.abs(measured - offset) > 2) offset = measured;
      if (newestEvent !== null) newest = newestEvent;
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

const never = (): (() => void) => () => undefined;

/** False on the server and during hydration, true after: for what only the browser knows (its time zone, say). */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
