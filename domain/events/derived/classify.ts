import type { JsonObject } from '../../json';
import { definitionOf } from '../catalogue';
import type { CategoryId } from '../catalogue/categories';
import { SEVERITIES } from '../envelope';
import type { Severity } from '../envelope';

/** `uncatalogued` for a type that the catalogue lacks. */
export function categoryOf(eventType: string): CategoryId {
  return definitionOf(eventType)?.category ?? 'uncatalogued';
}

/** The words that producers use for how bad something is. */
const SPOKEN: ReadonlyMap<string, Severity> = new Map<string, Severity>([
  ['debug', 'debug'],
  ['info', 'info'],
  ['low', 'info'],
  ['minor', 'warning'],
  ['warning', 'warning'],
  ['medium', 'warning'],
  ['moderate', 'warning'],
  ['high', 'error'],
  ['severe', 'error'],
  ['error', 'error'],
  ['critical', 'critical'],
  ['fatal', 'critical'],
]);

const ALARMING_NAME = /(?:^|_)(?:FAILED|FAILURE|ERROR|CRASHED|CORRUPTED|DEAD|DEADLOCK)(?:_|$)/;
const WORRYING_NAME =
  /(?:^|_)(?:WARNING|ALERT|TIMEOUT|STALLED|STALE|DEGRADED|UNHEALTHY|REJECTED|LOST|ANOMALY)(?:_|$)/;

/** Facts in a payload that make an event of a type louder than usual. */
const RAISED: readonly { type: string; field: string; values: readonly string[]; to: Severity }[] = [
  { type: 'BACKPRESSURE_ACTIVATED', field: 'level', values: ['critical'], to: 'critical' },
  { type: 'COORDINATOR_SHUTDOWN', field: 'reason', values: ['error', 'forced'], to: 'error' },
  { type: 'TRAINING_LOSS_TREND', field: 'trend', values: ['degrading'], to: 'warning' },
];
const raisedByType = new Map(RAISED.map((rule) => [rule.type, rule]));

/**
 * How loudly an event asks for attention. A `severity` in the payload is the producer's own word and decides; otherwise
 * the type's default holds, raised to an error by `success: false` or a lost quorum, and by a few facts of single types.
 */
export function severityOf(eventType: string, payload: JsonObject): Severity {
  const stated = spoken(payload['severity']);
  if (stated !== undefined) return stated;
  const usual = definitionOf(eventType)?.severity ?? severityByName(eventType);
  if (payload['success'] === false || payload['quorum'] === false) return louder(usual, 'error');
  const rule = raisedByType.get(eventType);
  const fact = rule === undefined ? undefined : payload[rule.field];
  return rule !== undefined && typeof fact === 'string' && rule.values.includes(fact)
    ? louder(usual, rule.to)
    : usual;
}

function spoken(value: unknown): Severity | undefined {
  return typeof value === 'string' && value.length <= 16 ? SPOKEN.get(value.toLowerCase()) : undefined;
}

/** A guess for types that the catalogue lacks: their names follow the same habits. */
function severityByName(eventType: string): Severity {
  if (ALARMING_NAME.test(eventType)) return 'error';
  return WORRYING_NAME.test(eventType) ? 'warning' : 'info';
}

function louder(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) >= SEVERITIES.indexOf(b) ? a : b;
}
