import { formatPlural, humanise } from '@/components/ui/format';
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
