import type { Severity } from '@/domain/events/envelope';
import type { BridgeEntity, ModelEntity } from '@/domain/realtime/entities';

/** The few meanings that a colour may have; each comes with a shape of its own (see StatusDot). */
export type Tone = 'ok' | 'busy' | 'info' | 'warn' | 'bad' | 'crit' | 'off';

export const TONE_TEXT: Readonly<Record<Tone, string>> = {
  ok: 'text-ok',
  busy: 'text-accent',
  info: 'text-info',
  warn: 'text-warn',
  bad: 'text-bad',
  crit: 'text-crit',
  off: 'text-faint',
};

export const TONE_SOFT: Readonly<Record<Tone, string>> = {
  ok: 'bg-ok-soft text-ok',
  busy: 'bg-accent-soft text-accent',
  info: 'bg-info-soft text-info',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  crit: 'bg-crit-soft text-crit',
  off: 'bg-raised text-dim',
};

/** CSS variable per tone, for canvas and SVG. */
export const TONE_VAR: Readonly<Record<Tone, string>> = {
  ok: '--ok',
  busy: '--accent',
  info: '--info',
  warn: '--warn',
  bad: '--bad',
  crit: '--crit',
  off: '--faint',
};

export const SEVERITY_TONE: Readonly<Record<Severity, Tone>> = {
  debug: 'off',
  info: 'info',
  warning: 'warn',
  error: 'bad',
  critical: 'crit',
};

export const BRIDGE_TONE: Readonly<Record<BridgeEntity['state'], Tone>> = {
  starting: 'busy',
  importing: 'busy',
  live: 'ok',
  waiting: 'warn',
  error: 'bad',
  stopped: 'off',
};

export const MODEL_TONE: Readonly<Record<ModelEntity['status'], Tone>> = {
  trained: 'info',
  evaluating: 'busy',
  evaluated: 'info',
  candidate: 'busy',
  champion: 'ok',
  previous: 'off',
  retired: 'off',
  rejected: 'warn',
  rolled_back: 'bad',
  corrupted: 'crit',
};
