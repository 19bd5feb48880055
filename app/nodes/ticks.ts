import type { ServerStatus } from '@/domain/realtime/contract';
import type { Subscribe } from '@/app/_client/live/paced';

interface Source {
  /** Called with each status of the server, once a second. */
  readonly listen: Subscribe;
  readonly status: () => Pick<ServerStatus, 'as_of_seq' | 'clock'>;
}

export interface Ticks {
  readonly subscribe: Subscribe;
  /** The newest event at the last tick. */
  readonly seq: () => number;
}

/**
 * Ticks when event time has moved on by so many seconds; where it stands still after a change, that many seconds later, so
 * that the last change is never missed on a quiet cluster.
 */
export function ticks({ listen, status }: Source, seconds: number): Ticks {
  const stretch = (): number => Math.floor((status().clock ?? 0) / seconds);
  let seq = status().as_of_seq;
  return {
    seq: () => seq,
    subscribe(listener) {
      let at = stretch();
      let timer: ReturnType<typeof setTimeout> | null = null;
      const stopTimer = (): void => {
        if (timer !== null) clearTimeout(timer);
        timer = null;
      };
      const tick = (): void => {
        stopTimer();
        at = stretch();
        seq = status().as_of_seq;
        listener();
      };
      const stop = listen(() => {
        if (status().as_of_seq === seq) return;
        if (stretch() !== at) tick();
        else timer ??= setTimeout(tick, seconds * 1_000);
      });
      return () => {
        stop();
        stopTimer();
      };
    },
  };
}
