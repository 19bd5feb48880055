import type { Hop } from '../projections/lifecycle/hops';
import { HOPS } from '../projections/lifecycle/hops';
import type { Chain, ChainKind, ChainMember, MissingStep } from './types';

/** How long a hop of a lifecycle may take for a config; undefined where nothing is known yet. */
export type Usual = (
  hop: Hop,
  config: string | null,
) => { readonly limit: number; readonly usual_seconds: number | null };

/** The stretches that belong to the subject of a chain; the ones left out go on beside it. */
const HOPS_OF: Partial<Record<ChainKind, readonly string[]>> = {
  run: [
    'training.run',
    'evaluation.run',
    'pipeline.train',
    'pipeline.evaluate',
    'pipeline.decide',
    'pipeline.distribute',
  ],
  work: ['work.claim', 'work.start', 'work.run'],
  sync: ['sync.run'],
  recovery: ['recovery.run'],
};
/** Beyond its limit by this much, a step will not come. */
const GIVE_UP_S = 6 * 3600;
const LONGEST_STATE_S = 24 * 3600;

/**
 * The step that should come next and has not: of the stretch that was opened last and not closed since. Null where the
 * chain is complete, or where what followed is not listed. `now`: the newest event's time.
 */
export function missingStep(chain: Chain, usual: Usual, now: number): MissingStep | null {
  if (chain.cut_after) return null;
  return hopMissing(chain, usual, now) ?? endMissing(chain, now);
}

function hopMissing({ kind, members }: Chain, usual: Usual, now: number): MissingStep | null {
  const ids = HOPS_OF[kind] ?? [];
  let last: { hop: Hop; from: ChainMember } | null = null;
  for (const hop of HOPS) {
    if (!ids.includes(hop.id)) continue;
    const from = openSince(hop, members);
    if (from !== null && (last === null || from.timestamp >= last.from.timestamp)) last = { hop, from };
  }
  if (last === null) return null;
  const { hop, from } = last;
  const { limit, usual_seconds } = usual(hop, from.config);
  return {
    ...{ types: [...hop.closes], after: from.event_type, since: from.timestamp },
    ...{ usual_seconds, limit_seconds: limit, given_up: now - from.timestamp > limit + GIVE_UP_S },
  };
}

/** The member that opened a stretch, if nothing after it closed or called it off. */
function openSince(hop: Hop, members: readonly ChainMember[]): ChainMember | null {
  const index = members.findLastIndex(({ event_type }) => hop.opens.includes(event_type));
  const opened = members[index];
  if (opened === undefined) return null;
  if (members.some(({ event_type }) => hop.final?.includes(event_type) === true)) return null;
  const ends = [...hop.closes, ...(hop.cancels ?? [])];
  // At one moment, history may hold the end before the beginning.
  const over = members.some(
    (each) => each.seq !== opened.seq && each.timestamp >= opened.timestamp && ends.includes(each.event_type),
  );
  return over ? null : opened;
}

/** A state that has not ended. */
function endMissing({ awaits, members }: Chain, now: number): MissingStep | null {
  const last = members.at(-1);
  if (awaits.length === 0 || last === undefined) return null;
  return {
    ...{ types: awaits, after: last.event_type, since: last.timestamp },
    ...{ usual_seconds: null, limit_seconds: null, given_up: now - last.timestamp > LONGEST_STATE_S },
  };
}
