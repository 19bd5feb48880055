/** Sums of a node per stretch of time: what it measured, played and got wrong. Whole numbers, so that any order adds up alike. */
export const COLUMNS = [
  /** Reports with a health score, and the sum of the scores in thousandths. */
  'scores',
  'health',
  /** Reports with utilisations, and their sums in thousandths. */
  'loads',
  'cpu',
  'gpu',
  'memory',
  'games',
  'batches',
  'batches_failed',
  /** Batches that say games and seconds, and sums of ln(seconds per game) in hundredths and of its square. */
  'paced',
  'pace',
  'pace_squared',
  'work',
  'work_failed',
  'checks',
  'checks_failed',
  'syncs',
  'syncs_failed',
] as const;
export type Column = (typeof COLUMNS)[number];
export type Sums = Record<Column, number>;

/** The first seven are also kept in the fine grain: what charts of the last hours draw. */
const FINE_COLUMNS = 7;

/** A ring of buckets; `newest` is the number of the newest one since the epoch, `cells` are empty until the first entry. */
export type Buckets = { newest: number; cells: number[] };

type Grain = { seconds: number; count: number; width: number };
/** The last 24 h in stretches of 15 min, and the last 7 d in stretches of 2 h. */
export const GRAINS = {
  fine: { seconds: 900, count: 96, width: FINE_COLUMNS },
  coarse: { seconds: 7_200, count: 84, width: COLUMNS.length },
} as const satisfies Record<string, Grain>;
export type GrainId = keyof typeof GRAINS;

export type NodeHistory = Record<GrainId, Buckets>;

export function nodeHistory(): NodeHistory {
  return { fine: { newest: -Infinity, cells: [] }, coarse: { newest: -Infinity, cells: [] } };
}

const INDEX = Object.fromEntries(COLUMNS.map((column, index) => [column, index])) as Sums;

/** Adds whole numbers to the bucket of a moment in both grains; what is older than a ring reaches is over and done with. */
export function addSums(history: NodeHistory, t: number, sums: readonly (readonly [Column, number])[]): void {
  const at = placesAt(t);
  for (const [column, amount] of sums) addAt(history, at, column, amount);
}

/** Where the sums of a moment begin in either ring; negative in one that does not reach back to it. */
export type Places = { readonly t: number; coarse: number; fine: number };

/** Not looked for yet: a ring moves on only with a sum that it keeps. */
const UNKNOWN = -2;

/** To be found once for all sums of an event; good until the next event. */
export function placesAt(t: number): Places {
  return { t, coarse: UNKNOWN, fine: UNKNOWN };
}

export function addAt(history: NodeHistory, places: Places, column: Column, amount: number): void {
  const index = INDEX[column];
  if (places.coarse === UNKNOWN) places.coarse = placeIn(history.coarse, GRAINS.coarse, places.t);
  if (places.coarse >= 0) addTo(history.coarse.cells, places.coarse + index, amount);
  if (index >= FINE_COLUMNS) return;
  if (places.fine === UNKNOWN) places.fine = placeIn(history.fine, GRAINS.fine, places.t);
  if (places.fine >= 0) addTo(history.fine.cells, places.fine + index, amount);
}

function placeIn(ring: Buckets, grain: Grain, t: number): number {
  const bucket = Math.floor(t / grain.seconds);
  if (bucket > ring.newest) advance(ring, grain, bucket);
  else if (bucket <= ring.newest - grain.count) return -1;
  return slot(grain, bucket);
}

function addTo(cells: number[], at: number, amount: number): void {
  cells[at] = small((cells[at] ?? 0) + amount);
}

/** A sum as a small integer where it is one: V8 keeps and snapshots a list of those in a quarter of the room. */
function small(sum: number): number {
  const whole = sum | 0;
  return whole === sum ? whole : sum;
}

function slot(grain: Grain, bucket: number): number {
  return (((bucket % grain.count) + grain.count) % grain.count) * grain.width;
}

function advance(ring: Buckets, grain: Grain, bucket: number): void {
  if (ring.cells.length === 0 || bucket - ring.newest >= grain.count) {
    // Not `new Array(n).fill(0)`: an array with (possible) holes is snapshotted with its indexes, at twice the size.
    ring.cells = Array.from({ length: grain.count * grain.width }, () => 0);
  } else {
    for (let passed = ring.newest + 1; passed <= bucket; passed += 1) {
      const start = slot(grain, passed);
      ring.cells.fill(0, start, start + grain.width);
    }
  }
  ring.newest = bucket;
}

/** One stretch of time with its sums; in the fine grain only the first columns are there. */
export type Bucket = { from: number; cells: readonly number[] };

/** The buckets that end after `since` and begin no later than `until`, oldest first, with those in which nothing happened. */
export function bucketsOf(history: NodeHistory, id: GrainId, since: number, until: number): Bucket[] {
  const [ring, grain] = [history[id], GRAINS[id]];
  if (ring.cells.length === 0) return [];
  const first = Math.max(Math.floor(since / grain.seconds), ring.newest - grain.count + 1);
  const last = Math.min(Math.floor(until / grain.seconds), ring.newest);
  const result: Bucket[] = [];
  for (let bucket = first; bucket <= last; bucket += 1) {
    const start = slot(grain, bucket);
    result.push({ from: bucket * grain.seconds, cells: ring.cells.slice(start, start + grain.width) });
  }
  return result;
}

/** The value of a column in a bucket. */
export function cell({ cells }: Bucket, column: Column): number {
  return cells[INDEX[column]] ?? 0;
}

/** Where the sums of `totalsOf` begin: the coarse bucket in which `since` lies, or the oldest that is kept at `until`. */
export function totalsBegin(since: number, until: number): number {
  const { seconds, count } = GRAINS.coarse;
  return Math.max(Math.floor(since / seconds), Math.floor(until / seconds) - count + 1) * seconds;
}

/** The sums of all columns over the coarse buckets that end after `since`, up to `until`. */
export function totalsOf(history: NodeHistory, since: number, until: number): Sums {
  const [{ newest, cells }, grain] = [history.coarse, GRAINS.coarse];
  const totals = COLUMNS.map(() => 0);
  const first = Math.max(Math.floor(since / grain.seconds), newest - grain.count + 1);
  const last = cells.length === 0 ? -Infinity : Math.min(Math.floor(until / grain.seconds), newest);
  for (let bucket = first; bucket <= last; bucket += 1) {
    const start = slot(grain, bucket);
    for (let index = 0; index < grain.width; index += 1) {
      totals[index] = (totals[index] ?? 0) + (cells[start + index] ?? 0);
    }
  }
  return Object.fromEntries(COLUMNS.map((column, index) => [column, totals[index] ?? 0])) as Sums;
}
