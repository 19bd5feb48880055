import { formatPlural, humanise } from '@/components/ui/format';
import type { Tone } from '@/components/ui/tone';
import type { DeadlockEntity, FlowVerdict } from '@/domain/projections/work/entities';
import { FLOW_TONE } from './tones';

/** A deadlock that names no lock cannot be seen to move on: it is told of for as long as its problem stands open. */
const UNNAMED_STANDS_S = 3_600;

export interface Headline {
  readonly tone: Tone;
  readonly label: string;
  /** The deadlock that stands longest, where the headline is about one. */
  readonly deadlock: DeadlockEntity | null;
}

/** How work is in one word. Queues may well flow on while some wait for each other's locks: that is told first. */
export function headlineOf(flow: FlowVerdict, knots: Iterable<DeadlockEntity>, now: number): Headline {
  const standing = [...knots]
    .filter(
      ({ moved_on: on, locks, at }) => on === null && (locks.length > 0 || now - at <= UNNAMED_STANDS_S),
    )
    .sort((a, b) => a.at - b.at);
  const [oldest] = standing;
  if (oldest === undefined)
    return { tone: FLOW_TONE[flow.state], label: humanise(flow.state), deadlock: null };
  const label = standing.length === 1 ? 'Deadlock' : formatPlural(standing.length, 'deadlock');
  return { tone: 'crit', label, deadlock: oldest };
}
