import type { BridgeEntity } from '../../domain/realtime/entities';

/** Whether a bridge does its work or just begins to; one that waits for its log does neither. */
export const isWorking = ({ state }: Pick<BridgeEntity, 'state'>): boolean =>
  state === 'live' || state === 'importing' || state === 'starting';
