import { nameIn } from '../events/derived/derive';
import type { StoredEvent } from '../events/envelope';
import type { ChainKind, Draft, Find } from './types';

/** Events of one id: a piece of work, a task, a search. */
export interface KeyedRule {
  readonly kind: ChainKind;
  /** The payload field that holds the id. */
  readonly key: string;
  /** Where the same field means something else, or nothing, the type does not count. */
  readonly prefix: RegExp;
}

const SPAN = 7 * 24 * 3600;

export const KEYED_RULES: readonly KeyedRule[] = [
  { kind: 'work', key: 'work_id', prefix: /^WORK_/ },
  { kind: 'task', key: 'task_id', prefix: /^(TASK_|.*SELFPLAY_COMPLETE$)/ },
  { kind: 'search', key: 'run_id', prefix: /^(CMAES|NAS|PBT)_/ },
];

export function keyOf(rule: KeyedRule, event: StoredEvent): string | null {
  return rule.prefix.test(event.eventType) ? nameIn(event.payload[rule.key]) : null;
}

export function keyedChain(rule: KeyedRule, event: StoredEvent, find: Find): Draft | null {
  const key = keyOf(rule, event);
  if (key === null) return null;
  const { events, moreBefore, moreAfter } = find({ payload: key, rare: true }, event, SPAN);
  const bySeq = new Map([[event.seq, event]]);
  for (const each of events) if (keyOf(rule, each) === key) bySeq.set(each.seq, each);
  return {
    kind: rule.kind,
    subject: key,
    ties: [...bySeq.values()].map((member) => ({ event: member, by: rule.key })),
    moreBefore,
    moreAfter,
    awaits: [],
  };
}
