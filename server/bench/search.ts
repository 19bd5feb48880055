import { statSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { toWire } from '../../domain/events/envelope';
import type { Core } from '../core';
import type { SqliteHistory } from '../history/history';
import type { PublishRequest } from '../router/types';
import type { SimEvent } from '../simulator/actor';
import { generateLoad } from '../simulator/load/load';
import { judged, line, quantile } from './measure';
import { benchCounts, benchHardCounts } from './search/counts';
import { exportWords } from './search/exports';
import { historyFolder, openSearchHistory } from './search/history';
import { asked, nowOf, QUERIES, type QueryKind } from './search/queries';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
/** As the page asks. */
const PAGE = { limit: 200, count: false, first: 40, ms: 250 } as const;
/** Events that are published each second while searches run, and in how many calls. */
const INGEST = 6_000;
const CALLS = 60;

/** Searches of a long history, alone and beside a stream of new events. `BENCH_SEARCH_EACH=1` tells of each query. */
export async function benchSearch(): Promise<string[]> {
  const core = await openSearchHistory((text) => process.stdout.write(`${text}\n`));
  const lines: string[] = [];
  const begun = performance.now();
  const missing = await core.history.values.catchUp();
  if (missing > 0)
    lines.push(
      line(
        'columns of payload values, per stripe that lacked them',
        (performance.now() - begun) / missing,
        'ms',
      ),
    );
  lines.push(rawReads(), ...(await sizes(core.history)));
  await searchAll(core.history, 1);
  lines.push(...(await round(core, 'alone')));
  lines.push(...(await exportWords(core.history)));
  lines.push(...(await besideIngest(core)));
  await core.close();
  return lines;
}

/** Counts of hard queries on the same history. */
export async function benchHard(): Promise<string[]> {
  const core = await openSearchHistory((text) => process.stdout.write(`${text}\n`));
  await core.history.values.catchUp();
  const lines = await benchHardCounts(core.history);
  await core.close();
  return lines;
}

interface Timing {
  readonly query: string;
  readonly kind: QueryKind;
  /** Until its rows were there, or the news that there are none so far. */
  readonly ms: number;
  readonly rows: number;
  readonly partial: boolean;
}

async function round({ history }: Core, when: string): Promise<string[]> {
  const pages = await searchAll(history, ROUNDS);
  const counts = await benchCounts(history, ROUNDS, when);
  const some = pages.filter(({ kind }) => kind === 'page').map(({ ms }) => ms);
  // A query without a match says how far it came instead.
  const payload = pages.filter(({ kind, rows }) => kind === 'payload' && rows > 0).map(({ ms }) => ms);
  return [
    line(`first page, ${when}: ${QUERIES.length} queries in two orders, median`, quantile(some, 0.5), 'ms'),
    judged(`first page, ${when}, p95`, quantile(some, 0.95), 'ms', { below: 50 }),
    judged(`first page, ${when}, p99`, quantile(some, 0.99), 'ms', { below: 150 }),
    judged(`payload comparisons, ${when}: first rows, p95`, quantile(payload, 0.95), 'ms', { below: 300 }),
    ...counts,
    ...slowest(pages),
  ];
}

function slowest(pages: readonly Timing[]): string[] {
  const queries = [...new Set(pages.map(({ query }) => query))].map((query) => {
    const of = pages.filter((page) => page.query === query);
    return {
      query,
      ms: quantile(
        of.map(({ ms }) => ms),
        0.95,
      ),
      page: of[0],
    };
  });
  queries.sort((a, b) => b.ms - a.ms);
  const told = process.env['BENCH_SEARCH_EACH'] === '1' ? queries : queries.slice(0, 8);
  return told.map(({ query, ms, page }) =>
    line(
      `    ${query || '(all)'}: ${String(page?.rows)} rows${page?.partial ? ' so far' : ''}, p95`,
      ms,
      'ms',
    ),
  );
}

async function searchAll(history: SqliteHistory, rounds: number): Promise<Timing[]> {
  const found: Timing[] = [];
  for (let n = 0; n < rounds; n++)
    for (const [query, kind] of QUERIES)
      for (const order of ['desc', 'asc'] as const) {
        const begun = performance.now();
        const page = await history.query(asked(query), { ...PAGE, order });
        const ms = performance.now() - begun;
        found.push({ query, kind, ms, rows: page.events.length, partial: page.partial !== undefined });
      }
  return found;
}

/** The same while events are published at a fixed pace, and what the publishers and the main thread feel of it. */
async function besideIngest(core: Core): Promise<string[]> {
  const loop = monitorEventLoopDelay({ resolution: 5 });
  const state = { going: true, published: 0, latencies: [] as number[] };
  const publishing = publish(core, state);
  await sleep(5_000);
  const alone = quantile(state.latencies.slice(50), 0.99);
  [state.published, state.latencies] = [0, []];
  loop.enable();
  const begun = performance.now();
  const lines = await round(core, 'beside new events');
  const seconds = (performance.now() - begun) / 1_000;
  loop.disable();
  state.going = false;
  await publishing;
  return [
    ...lines,
    judged('published meanwhile', state.published / seconds, '/s', { least: 5_000 }),
    line('a call of 100 events before the searches, p99', alone, 'ms'),
    line('a call of 100 events meanwhile, p99', quantile(state.latencies, 0.99), 'ms'),
    judged('event loop delay meanwhile, p99', loop.percentile(99) / 1e6, 'ms', { below: 30 }),
  ];
}

async function publish(
  core: Core,
  state: { going: boolean; published: number; latencies: number[] },
): Promise<void> {
  const size = INGEST / CALLS;
  const load = generateLoad({
    seed: Date.now(),
    count: Number.MAX_SAFE_INTEGER,
    startAt: nowOf(core.history.headSeq),
    rate: 1_000,
  });
  const under = new Set<Promise<void>>();
  while (state.going) {
    const begun = performance.now();
    const batch: PublishRequest[] = [];
    while (batch.length < size) {
      const { at, ...event } = load.next().value as SimEvent;
      batch.push({ ...event, timestamp: at });
    }
    const call = core.router.publishBatch(batch).then(() => {
      state.latencies.push(performance.now() - begun);
      state.published += batch.length;
    });
    under.add(call);
    void call.finally(() => under.delete(call));
    await sleep(Math.max(0, 1_000 / CALLS - (performance.now() - begun)));
  }
  await Promise.all(under);
}

/** The machine's own limit in this run: SQLite reading rows one after the other. */
function rawReads(): string {
  const db = new Database(path.join(historyFolder(), 'ringside.db'), { readonly: true });
  const read = db.prepare('SELECT seq, payload FROM events WHERE seq BETWEEN ? AND ?').raw();
  const begun = performance.now();
  let rows = 0;
  for (let from = 1_000_001; from < 1_300_001; from += 256) rows += read.all(from, from + 255).length;
  const seconds = (performance.now() - begun) / 1_000;
  db.close();
  return line('the machine: rows of this file read by plain SQL', rows / seconds, '/s');
}

async function sizes(history: SqliteHistory): Promise<string[]> {
  const file = path.join(historyFolder(), 'ringside.db');
  const bytes = statSync(file).size;
  let [sample, lines] = [0, 0];
  for (let from = 0; from < history.headSeq; from += Math.floor(history.headSeq / 20))
    for (const event of await history.eventsAfter(from, 1_000)) {
      sample += Buffer.byteLength(JSON.stringify(toWire(event))) + 1;
      lines += 1;
    }
  const ndjson = (sample / lines) * history.headSeq;
  return [
    line('history with its index', bytes / 1e9, 'GB'),
    line('the same events as NDJSON (from a sample of 20,000)', ndjson / 1e9, 'GB'),
    judged('history to NDJSON', bytes / ndjson, 'times', { below: 2.5 }),
  ];
}
