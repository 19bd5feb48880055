/** Names recur by the million: what is made of each is kept, but not of more than so many, because producers choose them. */
const MAX_KEPT = 4_096;
const LONGEST_KEPT = 64;

/** `make` for texts that recur. It must give the same for the same text. */
export function keepTexts(make: (text: string) => string): (text: string) => string {
  const kept = new Map<string, string>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const made = make(text);
    if (text.length > LONGEST_KEPT) return made;
    if (kept.size >= MAX_KEPT) kept.clear();
    kept.set(text, made);
    return made;
  };
}
