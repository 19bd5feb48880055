import type { StoredEvent } from '../../events/envelope';
import type { Projection, Touch } from '../projection';
import { tick } from '../shared/clock';
import { foldFreshness, FRESHNESS_TYPES, freshnessEntity, touchDecayed } from './freshness';
import { foldGame } from './games';
import { MAX_CONFIGS } from './limits';
import { foldLoop, LOOP_RULES } from './loop';
import { foldParity, PARITY_TYPES, parityEntity } from './parity';
import { qualityEntity } from './standing';
import { initialQuality, type QualityState } from './state';
import { foldTally, TALLY_TYPES, tallyEntity } from './tallies';

export type { QualityState } from './state';

type Part = (state: QualityState, event: StoredEvent, touch: Touch) => void;

const PARTS = new Map<string, Part[]>();
const NONE: readonly Part[] = [];

function listen(types: Iterable<string>, part: Part): void {
  for (const type of types) PARTS.set(type, [...(PARTS.get(type) ?? []), part]);
}

listen(LOOP_RULES.keys(), foldLoop);
listen(['QUALITY_SCORE_UPDATED'], foldGame);
listen(FRESHNESS_TYPES, foldFreshness);
listen(PARITY_TYPES, foldParity);
listen(TALLY_TYPES, foldTally);

function foldQuality(state: QualityState, event: StoredEvent, touch: Touch): void {
  const before = state.clock;
  if (tick(state, event)) touchDecayed(state, before, touch);
  for (const part of PARTS.get(event.eventType) ?? NONE) part(state, event, touch);
}

/** Data quality, the quality loop and what it caused, per config. */
export const qualityProjection: Projection<QualityState> = {
  name: 'quality',
  version: 5,
  listens: PARTS.keys(),
  initial: initialQuality,
  fold: foldQuality,
  topics: {
    'quality.configs': {
      limit: MAX_CONFIGS,
      keys: (state) => state.configs.keys(),
      entity: qualityEntity,
    },
    'quality.freshness': {
      limit: MAX_CONFIGS,
      keys: (state) => state.freshness.keys(),
      entity: freshnessEntity,
    },
    'quality.parity': { limit: MAX_CONFIGS, keys: (state) => state.parity.keys(), entity: parityEntity },
    'quality.tallies': {
      limit: TALLY_TYPES.length,
      keys: (state) => state.tallies.keys(),
      entity: tallyEntity,
    },
  },
};
