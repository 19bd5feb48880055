import * as z from 'zod';
import type { States } from '../../../../domain/projections';
import { trafficSeries, type TrafficSeries } from '../../../../domain/projections/traffic';
import type {
  DeadLetter,
  DeadLetterFilter,
  DeadLetterSelection,
} from '../../../history/letters/letter-types';
import type { ArrivalBucket } from '../../../live/runtime/arrivals';
import type { RetryAnswer } from '../../../router/dead-letter-desk';
import { services } from '../../../services';
import { operatorProcedure, procedure, router } from '../../trpc/trpc';

/** Rows of a chart beyond these are drawn as one. */
const MOST_ROWS = 7;
const OTHERS = 'others';
/** A slot that has hardly begun would tell a rate from a handful of events. */
const LEAST_SHARE = 0.1;

export const trafficInput = z.strictObject({
  /** `happened`: by event time, of the whole history. `arrived`: by this server's clock, since its start. */
  time: z.enum(['happened', 'arrived']).default('happened'),
  by: z.enum(['category', 'type', 'origin']).default('category'),
  /** Of what arrived: the last hour in steps of 10 s, or the last day in steps of 5 min. */
  span: z.enum(['hour', 'day']).default('hour'),
  /** Of what happened, epoch seconds; null: as far back as is kept (7 days). */
  since: z.number().nullable().default(null),
  until: z.number().nullable().default(null),
});
export type TrafficInput = z.infer<typeof trafficInput>;

/** Traffic over time: `[start of slot (epoch seconds), events a minute]` per row, and the sum of all rows. */
export interface TrafficCharts {
  /** Length of a slot in seconds; 0 when nothing is kept of the time asked for. */
  readonly slot_seconds: number;
  readonly rows: readonly {
    readonly name: string;
    readonly total: number;
    readonly points: readonly (readonly [number, number])[];
  }[];
}

interface Slots {
  readonly at: readonly number[];
  readonly seconds: readonly number[];
  readonly rows: readonly {
    readonly name: string;
    readonly counts: readonly number[];
    readonly total: number;
  }[];
}

/** What happened in the cluster, by event time. */
export function trafficHappened(states: Pick<States, 'traffic'>, input: TrafficInput): TrafficCharts {
  const series = trafficSeries(states.traffic, input.by, input.since, input.until);
  if (series === null) return { slot_seconds: 0, rows: [] };
  const length = series.rows[0]?.counts.length ?? 0;
  const at = Array.from({ length }, (_, index) => series.from + index * series.seconds);
  return charts({ at, seconds: at.map((t) => lived(t, series)), rows: series.rows }, series.seconds);
}

/** Seconds of a slot that history covers: it may begin within the first, and has not come to the end of the last. */
function lived(at: number, { seconds, begin, end }: TrafficSeries): number {
  const covered = Math.min(at + seconds, end) - Math.max(at, begin);
  return Math.max(seconds * LEAST_SHARE, covered);
}

/** What came through this server, by its own clock; categories are not kept here. */
export function trafficArrived(buckets: readonly ArrivalBucket[], by: TrafficInput['by']): TrafficCharts {
  const names = new Map<string, number[]>();
  buckets.forEach((bucket, at) => {
    for (const [name, count] of by === 'type' ? bucket.types : arrivalsOf(bucket)) {
      const counts = names.get(name) ?? new Array<number>(buckets.length).fill(0);
      counts[at] = (counts[at] ?? 0) + count;
      names.set(name, counts);
    }
  });
  const rows = [...names].map(([name, counts]) => ({ name, counts, total: sum(counts) }));
  rows.sort((a, b) => b.total - a.total);
  const last = buckets.at(-1);
  return charts(
    { at: buckets.map(({ from }) => from), seconds: buckets.map(({ from, to }) => to - from), rows },
    last === undefined ? 0 : Math.round(last.to - last.from),
  );
}

/** Origins, and what did not get past the router. */
function arrivalsOf({ origins, duplicates, rejected }: ArrivalBucket): (readonly [string, number])[] {
  const stopped: (readonly [string, number])[] = [
    ['repetitions', duplicates],
    ['rejected', rejected],
  ];
  return [...origins, ...stopped.filter(([, count]) => count > 0)];
}

function charts({ at, seconds, rows }: Slots, slotSeconds: number): TrafficCharts {
  const shown = rows.slice(0, MOST_ROWS);
  const rest = rows.slice(MOST_ROWS);
  if (rest.length > 0) {
    const counts = at.map((_, index) => sum(rest.map((row) => row.counts[index] ?? 0)));
    shown.push({ name: `${rest.length} ${OTHERS}`, counts, total: sum(counts) });
  }
  const perMinute = (count: number, index: number): number =>
    Math.round((count * 6_000) / Math.max(1, seconds[index] ?? 1)) / 100;
  return {
    slot_seconds: slotSeconds,
    rows: shown.map(({ name, total, counts }) => ({
      name,
      total,
      points: at.map((t, index) => [t, perMinute(counts[index] ?? 0, index)] as const),
    })),
  };
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

const filterInput = z.strictObject({
  kind: z.enum(['row', 'handler']).optional(),
  event_type: z.string().max(200).optional(),
  /** The handler's name, or the row id. */
  reference: z.string().max(300).optional(),
  text: z.string().max(200).optional(),
});
export type LetterFilter = z.infer<typeof filterInput>;

/** Letters by their ids, or all open ones that match up to an id (which a count told). */
const selectionInput = z.union([
  z.strictObject({ ids: z.array(z.int().positive()).min(1).max(1_000) }),
  z.strictObject({ filter: filterInput, up_to_id: z.int().min(0) }),
]);
export type LetterSelection = z.infer<typeof selectionInput>;

/** A dead letter as the page shows it. */
export interface LetterRow {
  readonly id: number;
  readonly kind: DeadLetter['kind'];
  readonly status: DeadLetter['status'];
  readonly reason: string;
  readonly content: string;
  readonly event_type: string | null;
  readonly event_id: string | null;
  readonly source: string;
  readonly reference: string | null;
  readonly at: number;
}

function filterOf({ event_type: eventType, kind, reference, text }: LetterFilter): DeadLetterFilter {
  return {
    ...(kind !== undefined && { kind }),
    ...(eventType !== undefined && { eventType }),
    ...(reference !== undefined && { reference }),
    ...(text !== undefined && text.trim() !== '' && { text: text.trim() }),
  };
}

function selectionOf(selection: LetterSelection): DeadLetterSelection {
  if ('ids' in selection) return selection;
  return { filter: filterOf(selection.filter), upToId: selection.up_to_id };
}

function letterRow({ eventType, eventId, ...letter }: DeadLetter): LetterRow {
  return { ...letter, event_type: eventType, event_id: eventId };
}

export const lettersInput = z.strictObject({
  filter: filterInput.default({}),
  status: z.enum(['open', 'retried', 'discarded']).default('open'),
  limit: z.int().min(1).max(200).default(50),
  before: z.int().positive().optional(),
});
export type LettersInput = z.infer<typeof lettersInput>;

export interface LetterList {
  /** All that match, also those not listed. */
  readonly total: number;
  /** Newest first. */
  readonly letters: LetterRow[];
  /** Open letters by cause, whatever the filter; the largest groups first. */
  readonly groups: LetterGroup[];
}

export interface LetterGroup {
  readonly kind: DeadLetter['kind'];
  readonly event_type: string | null;
  readonly handler: string | null;
  readonly count: number;
  readonly first_at: number;
  readonly last_at: number;
}

/** The letters that an input asks for. Rejects while history cannot be read. */
export async function letterList({ filter, ...options }: LettersInput): Promise<LetterList> {
  const { history } = services();
  const [{ letters, total }, groups] = await Promise.all([
    history.listDeadLetters({ ...filterOf(filter), ...options }),
    history.deadLetterGroups(50),
  ]);
  return {
    total,
    letters: letters.map(letterRow),
    groups: groups.map(({ eventType, firstAt, lastAt, ...group }) => ({
      ...group,
      event_type: eventType,
      first_at: firstAt,
      last_at: lastAt,
    })),
  };
}

/** What the page /router asks for beyond its live topics. */
export const routerPageProcedures = router({
  report: procedure.query(() => services().router.report()),
  traffic: procedure.input(trafficInput).query(({ input }) => trafficOf(input)),
  deadLetters: procedure.input(lettersInput).query(({ input }) => letterList(input)),
  /** How many letters a press would concern; hand `up_to_id` back to act on exactly these. */
  countDeadLetters: procedure.input(z.strictObject({ filter: filterInput })).query(async ({ input }) => {
    const all = { filter: filterOf(input.filter), upToId: Number.MAX_SAFE_INTEGER };
    const { count, upToId } = await services().deadLetters.count(all);
    return { count, up_to_id: upToId };
  }),
  /** Tries letters again for some seconds; `next` says above which id to go on, null when all were tried. */
  retryDeadLetters: operatorProcedure
    .input(z.strictObject({ selection: selectionInput, above_id: z.int().min(0).default(0) }))
    .mutation(({ input }): Promise<RetryAnswer> =>
      services().deadLetters.retry(selectionOf(input.selection), input.above_id),
    ),
  discardDeadLetters: operatorProcedure
    .input(z.strictObject({ selection: selectionInput }))
    .mutation(async ({ input }) => ({
      discarded: await services().deadLetters.discard(selectionOf(input.selection)),
    })),
});

/** The chart that an input asks for. */
export function trafficOf(input: TrafficInput): TrafficCharts {
  const { live, router: running } = services();
  if (input.time === 'happened') return trafficHappened(live.states(), input);
  const hour = running.arrivals('hour');
  const day = running.arrivals('day');
  // A server that has not run for an hour has all it knows in the finer steps.
  const fine = input.span === 'hour' || (hour[0]?.from ?? 0) <= (day[0]?.from ?? Infinity);
  return trafficArrived(fine ? hour : day, input.by);
}
