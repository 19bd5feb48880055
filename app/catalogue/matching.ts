import type { CatalogueEntry } from './entries';

/** Entries of the categories (all, when none is named) in which every word of the search occurs somewhere. */
export function matching(
  entries: readonly CatalogueEntry[],
  search: string,
  categories: readonly string[],
): readonly CatalogueEntry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    if (categories.length > 0 && !categories.includes(entry.category)) return false;
    if (words.length === 0) return true;
    const text = textOf(entry);
    return words.every((word) => text.includes(word));
  });
}

function textOf(entry: CatalogueEntry): string {
  const fields = entry.forms.flat().map((field) => field.name);
  return [
    entry.name,
    entry.dataValue ?? '',
    entry.stageValue ?? '',
    entry.description,
    ...fields,
    ...entry.producers,
    ...entry.consumers,
    ...entry.emit,
  ]
    .join(' ')
    .toLowerCase();
}
