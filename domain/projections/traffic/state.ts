import type { EventRef } from '../../realtime/entities';
import { minuteRing, type MinuteRing } from '../shared/minutes';

export type TypeCount = {
  event_type: string;
  category: string;
  count: number;
  duplicates: number;
  drifted: number;
  last: EventRef | null;
};

export type TrafficState = {
  clock: number | null;
  events: number;
  duplicates: number;
  drifted: number;
  uncatalogued: number;
  firstAt: number | null;
  categories: Map<string, number>;
  origins: Map<string, number>;
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
