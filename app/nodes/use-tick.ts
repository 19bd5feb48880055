'use client';

import { useSyncExternalStore } from 'react';
import { useLiveClient } from '../_client/live-provider';

/**
 * A number that changes when event time has moved on by so many seconds: what queries about slow figures follow, where
 * a topic would make them ask with every event.
 */
export function useTick(seconds: number): number {
  const client = useLiveClient();
  const tick = (clock: number | null): number => Math.floor((clock ?? 0) / seconds);
  return useSyncExternalStore(
    client.listen,
    () => tick(client.status().clock),
    () => tick(client.initialStatus.clock),
  );
}
