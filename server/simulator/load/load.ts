import type { SimEvent } from '../actor';
import {
  configFleet,
  DEFAULT_CONFIGS,
  DEFAULT_NODES,
  nodeFleet,
  type ConfigSpec,
  type NodeSpec,
} from '../cluster';
import { LOAD_KINDS, type LoadContext, type LoadKind } from './load-kinds';
import { Rng } from '../random';

export interface LoadOptions {
  readonly seed: number | string;
  readonly count: number;
  /** Time of the first event, epoch seconds. */
  readonly startAt: number;
  /** Events per second of event time; default 1000. */
  readonly rate?: number;
  /** Number of machines; default: the fourteen. */
  readonly nodes?: number;
  /** Number of configs; default: the six. */
  readonly configs?: number;
}

const TABLE_SIZE = 1024;

/**
 * Plausible events as fast as they can be made, for benches: types in the shares of a real cluster, every payload fits
 * its schema and differs from all others. Unlike the simulation it has no memory, so lifecycles mean nothing here.
 */
export function* generateLoad(options: LoadOptions): Generator<SimEvent, void, undefined> {
  const rng = Rng.seeded(options.seed);
  const nodes: readonly NodeSpec[] = options.nodes === undefined ? DEFAULT_NODES : nodeFleet(options.nodes);
  const configs: readonly ConfigSpec[] =
    options.configs === undefined ? DEFAULT_CONFIGS : configFleet(options.configs);
  const table = drawTable();
  const step = 1 / (options.rate ?? 1000);
  for (let n = 0; n < options.count; n++) {
    const at = options.startAt + n * step;
    const kind = table[Math.floor(rng.float() * TABLE_SIZE)];
    if (!kind) continue;
    const config: ConfigSpec = rng.pick(configs);
    const node = rng.pick(nodes).name;
    const context: LoadContext = { n, at, iso: isoOf(at), rng, config, node };
    yield { at, eventType: kind.type, payload: kind.payload(context), source: kind.source, hostname: node };
  }
}

/** Kinds repeated by weight, so that a draw costs one look-up. Filled exactly: the heaviest kind takes what rounding leaves. */
function drawTable(): readonly LoadKind[] {
  const total = LOAD_KINDS.reduce((sum, kind) => sum + kind.weight, 0);
  const table = LOAD_KINDS.flatMap((kind) =>
    new Array<LoadKind>(Math.max(1, Math.floor((kind.weight / total) * TABLE_SIZE))).fill(kind),
  );
  const [heaviest] = [...LOAD_KINDS].sort((a, b) => b.weight - a.weight);
  while (heaviest && table.length < TABLE_SIZE) table.push(heaviest);
  return table;
}

let cachedSecond = Number.NaN;
let cachedPrefix = '';

/** ISO with microseconds; the part up to the second is kept, since neighbouring events share it. */
function isoOf(at: number): string {
  const second = Math.floor(at);
  if (second !== cachedSecond) {
    cachedSecond = second;
    cachedPrefix = new Date(second * 1000).toISOString().slice(0, 19);
  }
  return `${cachedPrefix}.${String(Math.floor((at - second) * 1e6)).padStart(6, '0')}+00:00`;
}
