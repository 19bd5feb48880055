import { formatCount, formatPlural } from '@/components/ui/format';
import type { TypeEntity } from '@/domain/projections/traffic';
import type { CatalogueEntry } from './entries';

/** Which types are shown by what this history saw of them. */
export type Seen = 'all' | 'seen' | 'unseen' | 'drifted';

export interface Wanted {
  readonly search: string;
  /** All, when none is named. */
  readonly categories: readonly string[];
  readonly seen: Seen;
}

/** Entries of the categories in which every word of the search occurs somewhere. */
export function matching(
  entries: readonly CatalogueEntry[],
  { search, categories, seen }: Wanted,
  traffic: ReadonlyMap<string, TypeEntity>,
): readonly CatalogueEntry[] {
  const words = wordsOf(search);
  return entries.filter((entry) => {
    if (categories.length > 0 && !categories.includes(entry.category)) return false;
    if (!wasSeen(seen, traffic.get(entry.name))) return false;
    if (words.length === 0) return true;
    const text = textOf(entry);
    return words.every((word) => text.includes(word));
  });
}

/** Types of this history that the catalogue lacks, the commonest first. */
export function uncatalogued(
  traffic: ReadonlyMap<string, TypeEntity>,
  { search, categories, seen }: Wanted,
): TypeEntity[] {
  if (categories.length > 0 && !categories.includes('uncatalogued')) return [];
  const words = wordsOf(search);
  return [...traffic.values()]
    .filter(({ catalogued, event_type: type }) => {
      return !catalogued && words.every((word) => type.toLowerCase().includes(word));
    })
    .filter((type) => wasSeen(seen, type))
    .sort((a, b) => b.count - a.count);
}

/** What a category has: `6 types, 4 seen, 1,421 events`. */
export function hintOf(rows: readonly CatalogueEntry[], types: ReadonlyMap<string, TypeEntity>): string {
  const seen = rows.flatMap(({ name }) => types.get(name) ?? []);
  const events = seen.reduce((sum, { count }) => sum + count, 0);
  return `${formatPlural(rows.length, 'type')}, ${formatCount(seen.length)} seen, ${formatPlural(events, 'event')}`;
}

function wasSeen(seen: Seen, traffic: TypeEntity | undefined): boolean {
  if (seen === 'seen') return traffic !== undefined;
  if (seen === 'unseen') return traffic === undefined;
  return seen === 'all' || (traffic?.drifted ?? 0) > 0;
}

function wordsOf(search: string): string[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean);
}

/** An entry never changes, so its text is put together once. */
const texts = new WeakMap<CatalogueEntry, string>();

function textOf(entry: CatalogueEntry): string {
  let text = texts.get(entry);
  if (text === undefined) texts.set(entry, (text = joined(entry)));
  return text;
}

function joined(entry: CatalogueEntry): string {
  const fields = entry.forms.flat().map((field) => field.name);
  return [
    entry.name,
    entry.dataValue ?? '',
    entry.stageValue ?? '',
    entry.description,
    ...entry.aliases.map(({ name }) => name),
    ...fields,
    ...entry.producers,
    ...entry.consumers,
    ...entry.emit,
  ]
    .join(' ')
    .toLowerCase();
}
