import type { States } from '../../../../domain/projections';
import { resourceEntity } from '../../../../domain/projections/daemons';
import type {
  AlertEntity,
  ResourceEntity,
  ServiceChange,
} from '../../../../domain/projections/daemons/entities';
import { thinOut } from '../downsample';
import { within, type PageInput } from '../input';

/** Daemons, coordinators and resources over a stretch of time; lists newest first. */
export type DaemonRecord = {
  /** Scores that heartbeats told, per coordinator, the worst last scores first. */
  health: { name: string; points: [t: number, score: number][] }[];
  services_with_health: number;
  changes: ServiceChange[];
  alerts: AlertEntity[];
  /** What is active first, then the newest, at most 300 of `resources_total`. */
  resources: ResourceEntity[];
  resources_total: number;
};

/** More curves than this cannot be told apart. */
const MAX_CURVES = 8;
const MAX_CURVE_POINTS = 200;
const MAX_ROWS = 300;

export function daemonRecord({ daemons }: States, input: PageInput): DaemonRecord {
  const withHealth = [...daemons.services.values()].filter(({ scores }) => scores.length > 0);
  withHealth.sort((a, b) => (a.score.v ?? 1) - (b.score.v ?? 1) || a.name.localeCompare(b.name));
  const resources = [...daemons.resources.values()]
    .filter(({ lastAt }) => within(lastAt, input))
    .map((each) => resourceEntity(each, daemons.clock))
    .sort((a, b) => Number(b.active) - Number(a.active) || b.last_at - a.last_at);
  return {
    health: withHealth.slice(0, MAX_CURVES).map(({ name, scores }) => ({
      name,
      points: scoreCurve(scores, input),
    })),
    services_with_health: withHealth.length,
    changes: daemons.changes
      .filter(({ at }) => within(at, input))
      .map(({ t: _, s: __, ...change }) => change)
      .reverse(),
    alerts: daemons.alerts
      .filter(({ at }) => within(at, input))
      .map(({ t: _, s: __, ...alert }) => alert)
      .reverse(),
    resources: resources.slice(0, MAX_ROWS),
    resources_total: resources.length,
  };
}

/** Late heartbeats stand where they came in; a curve ascends in time. */
function scoreCurve(scores: readonly [number, number][], input: PageInput): [number, number][] {
  const shown = scores.filter(([t]) => within(t, input)).sort(([a], [b]) => a - b);
  return thinOut(
    shown,
    ([t]) => t,
    ([, score]) => score,
    MAX_CURVE_POINTS,
  );
}
