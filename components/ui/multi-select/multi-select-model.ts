interface Option {
  readonly value: string;
  readonly label?: string;
}

/** Options whose label or value contains every word of the search; selected ones that are not offered come first. */
export function visibleOptions<T extends Option>(
  options: readonly T[],
  selected: readonly string[],
  search: string,
): readonly (T | Option)[] {
  const offered = new Set(options.map((option) => option.value));
  const gone = selected.filter((value) => !offered.has(value)).map((value) => ({ value }));
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (option: Option): boolean => {
    const text = `${option.label ?? ''} ${option.value}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return [...gone, ...options].filter(matches);
}

/** Takes the value in, or out if it was in; keeps the order of the others. */
export function toggle(selected: readonly string[], value: string): string[] {
  return selected.includes(value) ? selected.filter((each) => each !== value) : [...selected, value];
}

/** Where a key press moves the cursor of a list; null for keys that do not move it. */
export function moveCursor(key: string, cursor: number, length: number): number | null {
  if (length === 0) return null;
  if (key === 'ArrowDown') return (cursor + 1) % length;
  if (key === 'ArrowUp') return (cursor - 1 + length) % length;
  if (key === 'Home') return 0;
  if (key === 'End') return length - 1;
  return null;
}
