import type { StoredEvent } from '../events/envelope';
import { byTime } from './order';
import type { ChainKind, Draft, Find, Found, Lookup } from './types';

/**
 * What an event means to a state of its subject: `lead` announces it, `open` begins it, `during` happens while it lasts,
 * `close` ends it.
 */
export type Role = 'lead' | 'open' | 'during' | 'close';

/** How a chain of a lasting state is told from history: a node that is gone, quality that is low, a lock that is held. */
export interface SpellRule {
  readonly kind: ChainKind;
  /** What ties an event to it, in words. */
  readonly by: string;
  /** What the event is about; none for an event that this rule does not know. */
  readonly subjects: (event: StoredEvent) => readonly string[];
  /** `opening`: the event that began the spell under way. Null for an event that means nothing to it. */
  readonly role: (event: StoredEvent, opening: StoredEvent | null) => Role | null;
  readonly lookups: (subject: string) => readonly Lookup[];
  /** An opening while a spell lasts begins the next one: the first one's end was missed. Else it reports the same. */
  readonly reopens?: boolean;
  /** Whether a lead belongs to the spell that this event begins. Default: yes. */
  readonly leads?: (lead: StoredEvent, opening: StoredEvent) => boolean;
  /** Seconds before the opening from which leads are taken. */
  readonly lead: number;
  /** Seconds after the first end within which its last words are still taken. */
  readonly settle: number;
  /** Seconds to either side that are looked at. */
  readonly span: number;
  readonly awaits: readonly string[];
}

export interface Spell {
  readonly opening: StoredEvent;
  readonly members: StoredEvent[];
  /** When it ended first; null while it lasts. */
  closed: number | null;
  /** Another one began before an end was seen. */
  superseded: boolean;
}

/** The spells of one subject, from its events in the order of time. Every event belongs to one spell at most. */
export function spellsOf(rule: SpellRule, events: readonly StoredEvent[]): Spell[] {
  const spells: Spell[] = [];
  let leads: StoredEvent[] = [];
  for (const event of [...events].sort(byTime)) {
    const spell = spells.at(-1);
    const open = spell?.closed === null ? spell : undefined;
    const role = rule.role(event, spell?.opening ?? null);
    if (role === null) continue;
    if (role === 'open' && (open === undefined || rule.reopens === true)) {
      if (open !== undefined) open.superseded = true;
      spells.push(begin(rule, event, leads));
      leads = [];
    } else if (open !== undefined) {
      open.members.push(event);
      if (role === 'close') open.closed = event.timestamp;
    } else if (isLastWord(rule, spell, event, role)) {
      spell?.members.push(event);
    } else if (role === 'lead') {
      leads.push(event);
    }
  }
  return spells;
}

function begin(rule: SpellRule, opening: StoredEvent, leads: readonly StoredEvent[]): Spell {
  const taken = leads.filter(
    (lead) =>
      opening.timestamp - lead.timestamp <= rule.lead &&
      (rule.leads === undefined || rule.leads(lead, opening)),
  );
  return { opening, members: [...taken, opening], closed: null, superseded: false };
}

function isLastWord(rule: SpellRule, spell: Spell | undefined, event: StoredEvent, role: Role): boolean {
  if (spell === undefined || spell.closed === null || role === 'lead' || role === 'open') return false;
  return event.timestamp - spell.closed <= rule.settle;
}

/** Candidates looked at to each side where the events next to it do not reach far enough. */
const FAR = 100;

/** The spells that an event belongs to, one per subject at most. */
export function spellChains(rule: SpellRule, event: StoredEvent, find: Find): Draft[] {
  return rule
    .subjects(event)
    .map((subject) => {
      const near = chainIn(rule, subject, event, find, true);
      return near.complete ? near.draft : chainIn(rule, subject, event, find, false).draft;
    })
    .filter((draft) => draft !== null);
}

function chainIn(
  rule: SpellRule,
  subject: string,
  event: StoredEvent,
  find: Find,
  near: boolean,
): { draft: Draft | null; complete: boolean } {
  const found = rule.lookups(subject).map((lookup) => find({ ...lookup, near }, event, rule.span, FAR));
  const spells = spellsOf(rule, candidates(rule, subject, event, found));
  const spell = spells.find(({ members }) => members.some(({ seq }) => seq === event.seq));
  const moreAfter = found.some((each) => each.moreAfter);
  if (spell === undefined) {
    return { draft: null, complete: !moreAfter && !found.some(({ moreBefore }) => moreBefore) };
  }
  const lasts = spell.closed === null && !spell.superseded;
  const draft = {
    kind: rule.kind,
    subject,
    ties: spell.members.map((member) => ({ event: member, by: rule.by })),
    moreBefore: false,
    moreAfter: lasts && moreAfter,
    awaits: lasts ? rule.awaits : [],
    aside: byTime(event, spell.opening) < 0,
  };
  return { draft, complete: !draft.moreAfter };
}

function candidates(
  rule: SpellRule,
  subject: string,
  event: StoredEvent,
  found: readonly Found[],
): StoredEvent[] {
  const bySeq = new Map([[event.seq, event]]);
  for (const { events } of found)
    for (const each of events) if (rule.subjects(each).includes(subject)) bySeq.set(each.seq, each);
  return [...bySeq.values()];
}
