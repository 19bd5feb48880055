import path from 'node:path';
import { parseQuery } from '../../domain/query';
import type { EventFilter } from '../../domain/realtime/contract';
import type { History } from '../history/types';
import type { PublishRequest } from '../router/types';
import { generateLoad } from '../simulator/load/load';
import { line, perSecond } from './measure';
import { openBenchRouter } from './publish';

const EVENTS = Number(process.env['BENCH_EVENTS'] ?? 1_000_000);
const START = 1_766_700_000;
/** Events per second of event time: ten million are a month. */
const RATE = 4;
const ROUNDS = 12;
const HOUR = 3_600;

const QUERIES: Record<string, string> = {
  'no query': '',
  'a field': 'node:gh200-a',
  'two fields and a severity': 'type:elo_updated config:hex8_2p -severity:debug',
  'a rare word': 'degraded',
  'a word in millions': 'hex8',
  'a word that is nowhere': 'zeppelin',
  'a payload comparison': 'payload.new_elo>1900',
};

/** How long facets and histogram of a long history take. The history in the folder `BENCH_HISTORY` is kept and used again. */
export async function benchFacets(folder: string): Promise<string[]> {
  const kept = process.env['BENCH_HISTORY'];
  const core = await openBenchRouter(kept ?? folder);
  const lines: string[] = [];
  if (core.history.headSeq < EVENTS) {
    const rate = await perSecond(EVENTS - core.history.headSeq, () => fill(core));
    lines.push(line(`publish up to ${EVENTS.toLocaleString('en-GB')} events`, rate, '/s', '≥ 5,000'));
  }
  const seconds = EVENTS / RATE;
  const ranges: [string, EventFilter][] = [
    ['', {}],
    [', the last hour', { since: START + seconds - HOUR }],
    [', the middle third', { since: START + seconds / 3, until: START + (seconds * 2) / 3 }],
  ];
  for (const [name, text] of Object.entries(QUERIES))
    for (const [when, range] of ranges) lines.push(await one(core.history, name + when, text, range));
  await core.close();
  return lines;
}

async function fill({ router, history }: Awaited<ReturnType<typeof openBenchRouter>>): Promise<void> {
  const batch = 20_000;
  for (let from = history.headSeq; from < EVENTS; from += batch) {
    const load = generateLoad({ seed: from, count: batch, startAt: START + from / RATE, rate: RATE });
    const events = Array.from(load, ({ at, ...event }): PublishRequest => ({ ...event, timestamp: at }));
    await router.publishBatch(events);
  }
}

async function one(history: History, name: string, text: string, range: EventFilter): Promise<string> {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(`${path.basename(import.meta.url)}: ${parsed.mistakes[0].message}`);
  const filter: EventFilter = { ...range, asked: { node: parsed.node, now: START } };
  const times: number[] = [];
  let said = '';
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now();
    const { total, exact } = await history.summary(filter, { buckets: 60 });
    times.push(performance.now() - begun);
    said = `${exact ? '' : 'about '}${total.toLocaleString('en-GB')} matches`;
  }
  times.sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)] ?? 0;
  const slowest = times[Math.floor(times.length * 0.95)] ?? 0;
  return line(
    `facets and histogram: ${name} (${said}), median ${median.toFixed(0)} ms, p95`,
    slowest,
    'ms',
    '< 300 ms',
  );
}
