import type { Json } from '../../json';
import { objectOfKeys } from '../shared/rest';
import type { DaemonsState } from '.';
import { resourceEntity } from './resources';
import { serviceEntity, summaryEntity } from './service-entities';

/**
 * Part of `GET /api/state/work`, times in epoch seconds, durations in seconds:
 * - `services`: daemons and coordinators by name: state and reason, heartbeat and its rhythm, health.
 * - `service_changes`: the newest 200 starts, stops and changes of health, oldest first; `health_alerts`: the newest 50.
 * - `resources`: what is idle, short or under backpressure, by node.
 * - `daemons`: all of it counted.
 */
export function selectDaemons(state: DaemonsState): Record<string, Json> {
  const resources = [...state.resources.values()].map((each) => resourceEntity(each, state.clock));
  return {
    daemons: summaryEntity(state),
    services: objectOfKeys(state.services.keys(), (name) => serviceEntity(state, name)),
    service_changes: state.changes.map(({ t: _, s: __, ...change }) => change),
    health_alerts: state.alerts.map(({ t: _, s: __, ...alert }) => alert),
    resources: resources.filter(({ active }) => active),
  };
}
