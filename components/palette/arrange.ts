import { rankOf, wordsOf } from '@/domain/text/rank';
import type { Command, CommandSource, PaletteFacts } from './command';
import type { Recent } from './recents';
import { asCommand } from './recents';

export interface CommandGroup {
  readonly id: string;
  readonly heading: string;
  readonly commands: readonly Command[];
  /** How many more match; they come into view as more is typed. */
  readonly more: number;
}

/** All that can be gone to, also what is not shown. */
export function countFound(groups: readonly CommandGroup[]): number {
  return groups.reduce(
    (sum, { commands, more }) =>
      sum + commands.filter(({ unavailable }) => unavailable === undefined).length + more,
    0,
  );
}

/** A word beside the label that fits as well as the label itself stands behind it. */
const BESIDE = 500;
/** Recent choices offered while nothing is typed. */
const RECENTS_SHOWN = 5;

interface Ranked {
  readonly command: Command;
  readonly rank: number;
}

/**
 * What the palette shows for what was typed, best group first. Within a group: the better match, then the more recent
 * choice, then the order of the source. Nothing else has a say, so that the same letters give the same lines.
 */
export function arrange(
  sources: readonly CommandSource[],
  facts: PaletteFacts,
  recents: readonly Recent[],
): CommandGroup[] {
  if (facts.query === '') return atRest(sources, facts, recents);
  const words = wordsOf(facts.query);
  const age = new Map(recents.map(({ id }, index) => [id, index]));
  const groups = sources.flatMap((source) => {
    const ranked = source.commands(facts).flatMap((command): Ranked[] => {
      const rank = source.kind === 'matched' ? rankCommand(words, command) : 0;
      return rank === null ? [] : [{ command, rank }];
    });
    ranked.sort((a, b) => a.rank - b.rank || ageOf(age, a) - ageOf(age, b));
    const [first] = ranked;
    if (first === undefined) return [];
    const more = Math.max(0, ranked.length - source.limit) + (source.more?.(facts) ?? 0);
    const commands = ranked.slice(0, source.limit).map(({ command }) => command);
    return [{ ...source, place: placeOf(source, first.rank), commands, more }];
  });
  return groups
    .sort((a, b) => a.place - b.place)
    .map(({ id, heading, commands, more }) => ({ id, heading, commands, more }));
}

function rankCommand(words: readonly string[], { label, also }: Command): number | null {
  const rank = rankOf(words, label);
  // Together with the label, so that each word may fit either.
  const beside = also === undefined ? null : rankOf(words, `${label} ${also}`);
  if (rank === null) return beside === null ? null : beside + BESIDE;
  return rank;
}

/** Groups change places by the kind of match only, not by a letter's place. */
function placeOf({ kind }: CommandSource, rank: number): number {
  if (kind === 'matched') return Math.floor(rank / 1_000);
  return kind === 'given_first' ? -1 : Infinity;
}

function ageOf(ages: ReadonlyMap<string, number>, { command }: Ranked): number {
  return ages.get(command.id) ?? Number.MAX_SAFE_INTEGER;
}

/** Recent choices, then what each source has to offer by itself. */
function atRest(
  sources: readonly CommandSource[],
  facts: PaletteFacts,
  recents: readonly Recent[],
): CommandGroup[] {
  const groups = sources.map((source) => {
    const all = source.atRest === 0 ? [] : source.commands(facts);
    return { all, group: { id: source.id, heading: source.heading, limit: source.atRest } };
  });
  const known = new Map(groups.flatMap(({ all }) => all).map((command) => [command.id, command]));
  const recent = recents
    .flatMap((each) => known.get(each.id) ?? asCommand(each) ?? [])
    .slice(0, RECENTS_SHOWN);
  const shown = new Set(recent.map(({ id }) => id));
  const rest = groups.map(({ all, group: { limit, ...group } }) => {
    const others = all.filter(({ id }) => !shown.has(id));
    return { ...group, commands: others.slice(0, limit), more: Math.max(0, others.length - limit) };
  });
  return [{ id: 'recent', heading: 'Recent', commands: recent, more: 0 }, ...rest].filter(
    ({ commands }) => commands.length > 0,
  );
}
