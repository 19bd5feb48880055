import type { JsonObject } from '../../../domain/json';
import { createEventIds } from '../../router/prepare/event-ids';
import type { LogRow } from '../../router/types';
import { configFleet, nodeFleet } from '../../simulator/cluster';
import { generateLoad } from '../../simulator/load/load';
import { Rng } from '../../simulator/random';

/** Time of the first event. */
export const START = 1_766_700_000;
/** Events per second of event time: ten million are a month. */
export const RATE = 4;
export const NODES = 40;
export const CONFIGS = 12;
/** One event in so many holds the word that is looked for as a rare one. */
export const RARE_EVERY = 1_000_000;

const SYLLABLES = 'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu'.split(' ');
/** What programs write into their logs; most words are rare, a few are everywhere. */
const LEXICON = Array.from(
  { length: 4_000 },
  (_, n) =>
    `${SYLLABLES[n % 20] ?? ''}${SYLLABLES[Math.floor(n / 20) % 20] ?? ''}${SYLLABLES[Math.floor(n / 400)] ?? ''}`,
);
const ERRORS = [
  'CUDA out of memory while allocating 2.40 GiB on device 0',
  'connection reset by peer during rsync',
  'ssh: connect to host timed out',
  'checkpoint file is truncated: unexpected end of archive',
  "KeyError: 'config_key' in _on_selfplay_complete",
  'échec de la synchronisation: disque plein',
  '노드 응답 없음',
];

/**
 * Rows of a shared log as a cluster of forty machines would leave them: types in a real cluster's shares, one row in
 * twenty a line of some program's log, one in two thousand a failure. The same number gives the same events but for their ids.
 */
export function* searchRows(from: number, count: number): Generator<LogRow> {
  const rng = Rng.seeded(`search-${String(from)}`);
  const [nodes, configs] = [nodeFleet(NODES), configFleet(CONFIGS)];
  let at = START;
  const nextId = createEventIds(() => at * 1_000);
  const load = generateLoad({
    seed: from,
    count,
    startAt: START + from / RATE,
    rate: RATE,
    nodes: NODES,
    configs: CONFIGS,
  });
  let n = from;
  for (const event of load) {
    n += 1;
    at = event.at;
    const node = rng.pick(nodes).name;
    const row = { rowId: n, eventId: nextId(), timestamp: at, hostname: event.hostname };
    if (n % 2_000 === 77)
      yield {
        ...row,
        eventType: 'TRAINING_FAILED',
        source: 'train',
        payload: failure(rng, n, node, rng.pick(configs).key),
      };
    else if (rng.chance(0.05))
      yield {
        ...row,
        eventType: 'LOG_LINE',
        source: rng.pick(['sshd', 'train', 'systemd']),
        payload: logLine(rng, n, node),
      };
    // What the load counts begins anew with each part of it: numbers of the whole keep the payloads apart.
    else
      yield {
        ...row,
        eventType: event.eventType,
        source: event.source,
        payload: { ...event.payload, sequence: n },
      };
  }
}

function failure(rng: Rng, n: number, node: string, config: string): JsonObject {
  const error =
    n % RARE_EVERY < 2_000
      ? `quokka assertion in step ${String(n)}`
      : `${rng.pick(ERRORS)} (step ${String(n)})`;
  return { config_key: config, node_id: node, job_id: `${config}_${String(Math.floor(n / 20_000))}`, error };
}

/** Words in Zipf's shares. */
function logLine(rng: Rng, n: number, node: string): JsonObject {
  const words = Array.from(
    { length: rng.int(4, 12) },
    () => LEXICON[Math.floor(LEXICON.length ** rng.float()) - 1] ?? '',
  );
  return { node_id: node, line: n, message: words.join(' '), pid: rng.int(200, 60_000) };
}
