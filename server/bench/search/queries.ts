import { parseQuery } from '../../../domain/query';
import type { EventFilter } from '../../../domain/realtime/contract';
import { START, RATE } from './events';
import { EVENTS } from './history';

/** How a query is judged: by the time of its first page, or of its first rows. */
export type QueryKind = 'page' | 'payload';

/** What is searched for: words rare, in millions and nowhere, fields, times, and all of them together. */
export const QUERIES: readonly (readonly [query: string, kind: QueryKind])[] = [
  ...[
    '',
    'quokka',
    'zeppelin',
    'wezube',
    'hex8',
    'selfplay',
    '1',
    'promo*',
    'échec',
    '노드',
    '"out of memory"',
    '"unexpected end of archive"',
    'gh200-a',
    'work_499',
    '-hex8',
    '-selfplay -work -health',
    'quokka OR zeppelin',
    'hex8 OR square8',
    'hex8 selfplay',
    'hex8 square8',
    '(hex8_2p OR hex8_3p) -training elo',
    'type:MODEL_PROMOTED',
    'type:LOG_LINE sshd',
    'type:HOST_OFFLINE',
    'node:gh200-a',
    'node:nowhere',
    'config:hex8_2p node:gh200-a',
    'severity:error',
    'severity:critical',
    'category:model config:square8_2p',
    'origin:stage_bus',
    'type:elo_updated config:hex8_2p -severity:debug',
    'type:MODEL_PROMOTED node:gpu-h100-1 hex8',
    'type:MODEL_*',
    'node:gh200* severity:warning',
    'config:hex* -type:SELF* elo',
    'after:1h',
    'before:20d',
    'after:20d before:19d node:gh200-a',
    'hex8 after:20d before:19d',
    'quokka before:10d',
    'payload.error:"disk full"',
    'payload.config_key:hex8_2p',
    'payload.nothing>3',
  ].map((query) => [query, 'page'] as const),
  // One event in ten thousand.
  ['payload.val_loss<0.4009', 'payload'],
  ['payload.games_generated>=439 payload.duration_seconds>660', 'payload'],
  ['payload.new_elo>2100 payload.elo_delta>30', 'payload'],
  // None: it says how far it came.
  ['payload.val_loss<0.3', 'payload'],
];

/** What relative times count from: the end of a history of so many events. */
export const nowOf = (events: number): number => START + events / RATE;

/** A query as it is asked at the end of the history. */
export function asked(query: string): EventFilter {
  const parsed = parseQuery(query);
  if (!parsed.ok) throw new Error(`${query}: ${parsed.mistakes[0].message}`);
  return { asked: { node: parsed.node, now: nowOf(EVENTS) } };
}
