import type { EventRow } from './envelope';

/** A line of a feed, told from others by its seq, which is its time too. */
export function eventRow(seq: number): EventRow {
  return {
    seq,
    event_id: `id-${seq}`,
    event_type: 'NODE_RECOVERED',
    category: 'cluster_health',
    severity: 'info',
    source: 'test',
    origin: 'data_bus',
    node: null,
    config: null,
    model: null,
    timestamp: seq,
    received_at: seq,
    duplicate: false,
    drift: 0,
    summary: '',
  };
}
