import { formatCount, formatPlural, humanise } from '@/components/ui/format';
import type { Tone } from '@/components/ui/signs/tone';
import { stands } from '@/domain/projections/work/deadlocks';
import type { DeadlockEntity, FlowVerdict } from '@/domain/projections/work/entities';
import { FLOW_TONE } from '../tones';

export interface Headline {
  readonly tone: Tone;
  readonly label: string;
  /** The deadlock that stands longest, where the headline is about one. */
  readonly deadlock: DeadlockEntity | null;
}

/** How work is in one word. Queues may well flow on while some wait for each other's locks: that is told first. */
export function headlineOf(flow: FlowVerdict, knots: Iterable<DeadlockEntity>, now: number): Headline {
  const standing = [...knots].filter((knot) => stands(knot, now)).sort((a, b) => a.at - b.at);
  const [oldest] = standing;
  if (oldest === undefined)
    return { tone: FLOW_TONE[flow.state], label: humanise(flow.state), deadlock: null };
  const label = standing.length === 1 ? 'Deadlock' : formatPlural(standing.length, 'deadlock');
  return { tone: 'crit', label, deadlock: oldest };
}

/** What holds work back less, and which resources were told of as idle or short; only of what there is any. */
export function resourcesHint(noticed: number, idle: number, short: number): string {
  const count = (n: number, word: string) => (n === 0 ? [] : [`${formatCount(n)} ${word}`]);
  const told = [...count(idle, 'idle'), ...count(short, 'short')].join(', ');
  const resources = told === '' ? [] : [`${told} ${idle + short === 1 ? 'resource' : 'resources'} in 1 h`];
  const parts = [...count(noticed, 'low or medium'), ...resources];
  return parts.length === 0 ? 'no idle or short resource in 1 h' : parts.join('; ');
}
