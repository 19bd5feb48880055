import type { EventRef } from '../../realtime/entities';
import { minuteRing, type MinuteRing } from '../shared/minutes';
import type { DriftField } from './entities';
import type { Rings } from './rings';

export type TypeCount = {
  event_type: string;
  category: string;
  count: number;
  duplicates: number;
  drifted: number;
  last: EventRef | null;
  rings: Rings;
  /** By path and kind; null until the first event that differs. */
  drift: Drift | null;
};

export type Drift = { fields: Map<string, DriftField>; others: number; last: EventRef };

export type TrafficState = {
  clock: number | null;
  events: number;
  duplicates: number;
  drifted: number;
  uncatalogued: number;
  firstAt: number | null;
  categories: Map<string, number>;
  origins: Map<string, { count: number; rings: Rings }>;
  types: Map<string, TypeCount>;
  ring: MinuteRing;
};

export function initialTraffic(): TrafficState {
  return {
    clock: null,
    events: 0,
    duplicates: 0,
    drifted: 0,
    uncatalogued: 0,
    firstAt: null,
    categories: new Map(),
    origins: new Map(),
    types: new Map(),
    ring: minuteRing(),
  };
}
