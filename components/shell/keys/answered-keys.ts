/** Keys that parts of the page answer at this moment; the help reads them when it opens. */
const answered = new Map<string, number>();

/** Counts keys as answered until the returned function is called. */
export function answerKeys(keys: readonly string[]): () => void {
  for (const key of keys) answered.set(key, (answered.get(key) ?? 0) + 1);
  return () => {
    for (const key of keys) {
      const left = (answered.get(key) ?? 1) - 1;
      if (left > 0) answered.set(key, left);
      else answered.delete(key);
    }
  };
}

export function answeredKeys(): ReadonlySet<string> {
  return new Set(answered.keys());
}
