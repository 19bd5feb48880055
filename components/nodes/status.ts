import type { NodeStatus } from '@/domain/realtime/entities';
import type { Tone } from '../ui/signs/tone';

/** Worst first: the order in which nodes ask for attention. */
export const STATUS_ORDER: readonly NodeStatus[] = [
  'offline',
  'unhealthy',
  'stale',
  'overloaded',
  'unknown',
  'online',
];

export const STATUS_MEANING: Readonly<Record<NodeStatus, string>> = {
  online: 'declared online, and nothing is said against it',
  unhealthy: 'online, but its last health check failed or it reported itself unhealthy',
  overloaded: 'online, but it reported CPU or memory beyond its threshold',
  stale: 'declared online, but silent for more than 15 minutes',
  offline: 'the cluster declared it gone',
  unknown: 'others speak of it, but it gave no sign of life and nobody declared it online',
};

export const STATUS_TONE: Readonly<Record<NodeStatus, Tone>> = {
  online: 'ok',
  unhealthy: 'warn',
  overloaded: 'info',
  stale: 'warn',
  offline: 'bad',
  unknown: 'off',
};

/** Height of a band: the graver, the higher, so that a timeline reads without colour. */
export const BAND_HEIGHT: Readonly<Record<NodeStatus, number>> = {
  unknown: 0.08,
  online: 0.36,
  overloaded: 0.55,
  unhealthy: 0.75,
  stale: 0.75,
  offline: 1,
};

/** From so many changes of state within an hour on a node flaps: it went and came back twice. */
export const FLAPPING = 4;
