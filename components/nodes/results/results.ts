import type { Comparison, FailureKind, ResultKind } from '@/server/api/pages/nodes';
import { formatCount, formatFixed } from '../../ui/format';
import { nodeEventsHref } from '../href';

const ONE_OF: Readonly<Record<FailureKind, string>> = {
  selfplay: 'selfplay batch',
  work: 'attempt at work',
  checks: 'health check',
  syncs: 'sync',
};

/** 1 health check, 3,832 health checks */
export function countOfKind(count: number, kind: FailureKind): string {
  return `${formatCount(count)} ${count === 1 ? ONE_OF[kind] : KIND_NAME[kind]}`;
}

export const KIND_NAME: Readonly<Record<ResultKind, string>> = {
  selfplay: 'selfplay batches',
  work: 'attempts at work',
  checks: 'health checks',
  syncs: 'syncs',
  pace: 'selfplay pace',
};

/** Among these are the events that each figure counts: all but those of work that was preempted. */
const TYPES_OF: Readonly<Record<ResultKind, readonly string[]>> = {
  selfplay: ['SELFPLAY_COMPLETE'],
  work: ['WORK_FAILED', 'WORK_TIMEOUT', 'WORK_RETRY'],
  checks: ['HEALTH_CHECK_FAILED', 'NODE_UNHEALTHY'],
  syncs: ['DATA_SYNC_FAILED', 'SYNC_STALLED'],
  pace: ['SELFPLAY_COMPLETE'],
};

/** The events behind a node's result since a moment: its failures, or its batches where their pace is meant. */
export function resultHref(node: string, kind: ResultKind, since: number): string {
  const failed = kind === 'selfplay' ? '&q=payload.success:false' : '';
  const begin = encodeURIComponent(new Date(since * 1000).toISOString());
  return `${nodeEventsHref(node, TYPES_OF[kind])}${failed}&since=${begin}`;
}

export const FAILURE_KINDS: readonly FailureKind[] = ['selfplay', 'work', 'checks', 'syncs'];

/** A share with as many decimals as small ones need: 0.3 %, 5.2 %, 48 %. */
export function formatShare(share: number | null): string {
  if (share === null || !Number.isFinite(share)) return '–';
  const percent = share * 100;
  return `${percent.toFixed(percent >= 20 || percent === 0 ? 0 : 1)} %`;
}

/** 0.034, 2e-7, <1e-12 */
export function formatP(p: number | null): string {
  if (p === null) return '–';
  if (p < 1e-12) return '<1e-12';
  if (p >= 0.001) return p >= 0.995 ? '1.00' : p.toFixed(p < 0.1 ? 3 : 2);
  return p.toExponential(0).replace('e-', 'e−');
}

/** A comparison in words, with its numbers. */
export function sayComparison(each: Comparison): string {
  const p = `p ${formatP(each.p_adjusted)}`;
  if (each.kind === 'pace') {
    const games = `${formatCount(each.n)} ${each.n === 1 ? 'batch' : 'batches'} against ${formatCount(each.others_n)} of its type`;
    return `a game takes ${formatFixed(each.value, 2)} times as long: ${games}, ${p}`;
  }
  const own = `${formatCount(each.value)} of ${countOfKind(each.n, each.kind)} failed`;
  const [low, high] = each.interval ?? [0, 1];
  const share = `${formatShare(each.value / each.n)}, 95 % interval ${formatShare(low)} to ${formatShare(high)}`;
  const others = formatShare((each.others_failed ?? 0) / each.others_n);
  return `${own} (${share}); others ${others} of ${formatCount(each.others_n)}; ${p}`;
}
