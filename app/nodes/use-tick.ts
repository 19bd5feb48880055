'use client';

import { useState, useSyncExternalStore } from 'react';
import { useLiveClient } from '../_client/live/live-provider';
import { ticks } from './ticks';

/**
 * A number that changes with each tick of so many seconds: what queries about slow figures follow, where a topic would make
 * them ask with every event.
 * @param from what the page was rendered as of, where it can tell: what has come since then is asked for.
 */
export function useTick(seconds: number, from = 0): number {
  const client = useLiveClient();
  const [slow] = useState(() => ticks(client, seconds));
  const seq = useSyncExternalStore(slow.subscribe, slow.seq, () => client.initialStatus.as_of_seq);
  return Math.max(from, seq);
}
