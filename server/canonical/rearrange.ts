/** Where the JSON text of objects with certain keys is cut, and how the parts are put together with the keys sorted. */
export interface Cuts {
  /** Per key what stands before its value, where the text is cut there; else null. */
  readonly marks: readonly (string | null)[];
  /** Keys that stand together in both orders, in the sorted one: places of the first and of the one behind the last. */
  readonly runs: readonly { readonly from: number; readonly to: number }[];
}

/** More keys than this are not cut. */
export const MOST_KEYS = 24;

/** `keys` as they come, each with its text in JSON (quotes and colon), and the same sorted; at least one, at most 24. */
export function cutsOf(keys: readonly string[], texts: readonly string[], sorted: readonly string[]): Cuts {
  const runs: { from: number; to: number }[] = [];
  for (const place of sorted.map((key) => keys.indexOf(key))) {
    const last = runs.at(-1);
    if (last?.to === place) last.to += 1;
    else runs.push({ from: place, to: place + 1 });
  }
  const isCut = (at: number): boolean => at > 0 && runs.some(({ from, to }) => at === from || at === to);
  return { marks: texts.map((text, at) => (isCut(at) ? `,${text}` : null)), runs };
}

/** Where the keys of the text in work begin, as far as it is cut there; behind the last one, where it ends. */
const starts = new Uint32Array(MOST_KEYS + 1);

/**
 * The JSON text of an object with its keys sorted, made of the parts of its text; null where objects within it have an
 * order of their own. A mark begins with a comma and a quote, which no text holds unescaped, and ends with a quote and a
 * colon, which no list holds.
 */
export function rearranged(text: string, { marks, runs }: Cuts): string | null {
  if (text.includes('{', 1)) return null;
  let start = 0;
  for (let at = 0; at < marks.length; at++) {
    const mark = marks[at] ?? null;
    if (mark !== null) start = text.indexOf(mark, start + 1);
    if (start < 0) return null;
    starts[at] = start;
  }
  starts[marks.length] = text.length - 1;
  let sorted = '';
  for (const { from, to } of runs) sorted += part(text, starts[from] ?? 0, starts[to] ?? 0, sorted === '');
  return `${sorted}}`;
}

/** With the comma that stands before it, which makes one text fewer; the key that came first has a brace there. */
function part(text: string, start: number, end: number, isFirst: boolean): string {
  if (isFirst) return start === 0 ? text.slice(0, end) : `{${text.slice(start + 1, end)}`;
  return start === 0 ? `,${text.slice(1, end)}` : text.slice(start, end);
}
