import type { StoredEvent } from '../events/envelope';
import { assemble } from './assemble';
import { KEYED_RULES, keyedChain } from './keyed';
import { linkedChain } from './linked';
import { runChain } from './run';
import { spellChains } from './spell';
import { SPELL_RULES } from './spell-rules';
import { CHAIN_KINDS, type Chain, type Draft, type Find } from './types';

/**
 * The chains that an event belongs to: by ids that events share, by states that begin and end, and by the flows of the
 * catalogue. Every member is tied by a rule to the chain's subject; whoever is merely near in time is not in it. A chain
 * all of whose events stand in a longer one is left out, and so is one of a single event that awaits nothing. First is
 * what the event itself is about: of a regression how it was found and mended, not the run that the model once came from.
 */
export function chainsOf(event: StoredEvent, find: Find): Chain[] {
  const drafts = draftsOf(event, find).filter(({ ties, awaits }) => ties.length > 1 || awaits.length > 0);
  return drafts
    .filter((draft, index) => !drafts.some((other, at) => at !== index && covers(other, draft, at < index)))
    .sort((a, b) => placeOf(a) - placeOf(b))
    .map((draft) => assemble(draft, event));
}

function placeOf({ kind, aside }: Draft): number {
  return CHAIN_KINDS.indexOf(kind) + (aside === true ? CHAIN_KINDS.length : 0);
}

function draftsOf(event: StoredEvent, find: Find): Draft[] {
  const found = [
    linkedChain(event, find),
    runChain(event, find),
    ...KEYED_RULES.map((rule) => keyedChain(rule, event, find)),
    ...SPELL_RULES.flatMap((rule) => spellChains(rule, event, find)),
  ];
  return found.filter((draft) => draft !== null);
}

function covers(longer: Draft, shorter: Draft, first: boolean): boolean {
  if (longer.ties.length < shorter.ties.length) return false;
  if (longer.ties.length === shorter.ties.length && !first) return false;
  const seqs = new Set(longer.ties.map((tie) => tie.event.seq));
  return shorter.ties.every((tie) => seqs.has(tie.event.seq));
}
