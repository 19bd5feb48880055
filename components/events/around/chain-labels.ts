import type { ChainKind } from '@/domain/chains';

/** What a chain is called, and what it is told of. */
export const CHAIN_LABEL: Readonly<Record<ChainKind, string>> = {
  linked: 'Tied events',
  run: 'Training run',
  rollback: 'Rollback',
  work: 'Work item',
  task: 'Task',
  search: 'Search',
  outage: 'Node outage',
  recovery: 'Recovery',
  quality: 'Quality episode',
  sync: 'Sync',
  leader: 'Leader election',
  lock: 'Lock',
  pressure: 'Backpressure',
  parity: 'Parity check',
  repair: 'Repair',
};
