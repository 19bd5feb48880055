import type { EventRef } from '../../realtime/entities';
import { applyOp, type ChampionLine } from './champion';

/** A change of champion: who went, who came, and by which event. `from` is null for the first champion that is known. */
export type Succession = {
  t: number;
  kind: 'promoted' | 'rolled_back';
  from: string | null;
  to: string | null;
  event: EventRef;
};

/** A model's time as champion, with the neighbours in the succession. `until` is null while it lasts. */
export type ReignSpan = {
  since: number;
  until: number | null;
  /** Whom it replaced; null where that is before all we know. */
  replaced: string | null;
  /** Who came after it. */
  successor: string | null;
  /** True when it came back because a later champion was rolled back. */
  returned: boolean;
  /** True when it ended by being rolled back itself. */
  rolled_back: boolean;
  began: EventRef;
  ended: EventRef | null;
};

/**
 * All changes of champion of a config, oldest first, as far as they are kept: the newest 500 operations, and of what came
 * before them only the reigns that a rollback could lead back to.
 */
export function successions(line: ChampionLine): Succession[] {
  const changes: Succession[] = line.base.map((reign, index) => ({
    t: reign.since,
    kind: 'promoted',
    from: line.base[index - 1]?.model ?? null,
    to: reign.model,
    event: reign.event,
  }));
  const reigns = line.base.map((reign) => ({ ...reign }));
  for (const op of line.ops) {
    const from = reigns.at(-1)?.model ?? null;
    applyOp(reigns, op);
    const to = reigns.at(-1)?.model ?? null;
    if (from === to) continue;
    changes.push({
      t: op.t,
      kind: op.kind === 'promote' ? 'promoted' : 'rolled_back',
      from,
      to,
      event: op.event,
    });
  }
  return changes;
}

/** When a model was champion, oldest first. */
export function reignsOf(changes: readonly Succession[], model: string): ReignSpan[] {
  return changes.flatMap((change, index) => {
    if (change.to !== model) return [];
    const next = changes[index + 1];
    return {
      since: change.t,
      until: next?.t ?? null,
      replaced: change.from,
      successor: next?.to ?? null,
      returned: change.kind === 'rolled_back',
      rolled_back: next?.kind === 'rolled_back',
      began: change.event,
      ended: next?.event ?? null,
    };
  });
}
