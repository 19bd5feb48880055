import type { StoredEvent } from '../../events/envelope';
import type { Touch } from '../projection';
import { tick } from '../shared/clock';
import { foldFreshness, FRESHNESS_TYPES, touchDecayed } from './freshness';
import { foldGame } from './games';
import { foldLoop, LOOP_RULES } from './loop';
import { foldParity, PARITY_TYPES } from './parity';
import type { QualityState } from './state';
import { foldTally, TALLY_TYPES } from './tallies';

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

export const QUALITY_TYPES = [...PARTS.keys()];

export function foldQuality(state: QualityState, event: StoredEvent, touch: Touch): void {
  const before = state.clock;
  if (tick(state, event)) touchDecayed(state, before, touch);
  for (const part of PARTS.get(event.eventType) ?? NONE) part(state, event, touch);
}
