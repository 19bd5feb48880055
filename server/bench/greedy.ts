import { fork } from 'node:child_process';
import { Agent, request } from 'node:http';
import os from 'node:os';
import { io, type Socket } from 'socket.io-client';
import type { ProducerToServer, ServerToProducer } from '../../domain/realtime/producers';
import { benchEvents } from './events';

export const SECONDS = 10;
export const GREEDY_PER_SECOND = 10_000;
/** How often the greedy one sends: it does not wait for answers. */
const TICK_MS = 10;
/** Calls that the greedy one has open, where it calls for each event. */
const CALLS = 256;
/** Tells a process of the bench that it is the greedy one. */
const GREEDY_ORDER = 'BENCH_GREEDY_ORDER';

export type Producer = Socket<ServerToProducer, ProducerToServer>;
export type Wire = Readonly<Record<string, unknown>>;

/** How the greedy one sends its events. */
export type Manner =
  | 'not at all'
  | 'in batches'
  | 'one by one'
  | 'by HTTP, a call each'
  | 'by HTTP, without a good key';

/** A producer's socket, once it is open. */
export async function connected(url: string, key: string): Promise<Producer> {
  const socket: Producer = io(`${url}/producers`, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: { key },
  });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
  return socket;
}

interface GreedyOrder {
  readonly url: string;
  readonly key: string;
  readonly manner: Manner;
  readonly seed: number;
}

/** The greedy one has a process of its own, so that it does not delay what the others measure. */
export function startGreedy(order: GreedyOrder): {
  ready: Promise<unknown>;
  stored: Promise<number>;
  /** Ends it, with all that it has not sent yet. */
  end(): Promise<void>;
} {
  const child = fork(process.argv[1] ?? '', [], {
    env: { ...process.env, [GREEDY_ORDER]: JSON.stringify(order) },
  });
  const next = (): Promise<unknown> => new Promise((resolve) => child.once('message', resolve));
  // It would be on another machine: the cores of this one belong to the server and to those who measure.
  if (child.pid !== undefined) os.setPriority(child.pid, os.constants.priority.PRIORITY_LOW);
  const ready = next();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = (): Promise<void> => {
    child.kill('SIGKILL');
    return ended;
  };
  return { ready, stored: ready.then(next).then(Number), end };
}

/** What this process does when it was started to be the greedy one: says when it begins, then how much was stored. */
export async function beGreedy(): Promise<boolean> {
  const text = process.env[GREEDY_ORDER];
  if (text === undefined) return false;
  const { url, key, manner, seed } = JSON.parse(text) as GreedyOrder;
  const events = manner === 'not at all' ? [] : wireEvents(GREEDY_PER_SECOND * SECONDS, seed);
  if (manner === 'by HTTP, a call each' || manner === 'by HTTP, without a good key') {
    process.send?.('ready');
    const shown = manner === 'by HTTP, a call each' ? key : `${key}x`;
    process.send?.(await callGreedily(url, shown, events));
    process.disconnect();
    return true;
  }
  const socket = await connected(url, key);
  process.send?.('ready');
  const stored = await sendGreedily(socket, events, manner);
  socket.close();
  process.send?.(stored);
  process.disconnect();
  return true;
}

/** Sends at its rate whatever the answers are. Resolves to the number of events that were stored. */
async function sendGreedily(socket: Producer, events: readonly Wire[], manner: Manner): Promise<number> {
  const perTick = (GREEDY_PER_SECOND * TICK_MS) / 1_000;
  const begun = performance.now();
  let stored = 0;
  const count = (answer: { accepted: number } | { error: unknown }): void => {
    if (!('error' in answer)) stored += answer.accepted;
  };
  for (let at = 0; at < events.length; at += perTick) {
    const part = events.slice(at, at + perTick);
    if (manner === 'in batches') socket.emit('publish', part, count);
    else for (const event of part) socket.emit('publish', event, count);
    await pause(begun + (at / GREEDY_PER_SECOND) * 1_000 - performance.now());
  }
  await pause(begun + SECONDS * 1_000 - performance.now());
  return stored;
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
}

export function wireEvents(count: number, seed: number): Wire[] {
  return benchEvents(count, seed).map(({ eventType, ...rest }) => ({ event_type: eventType, ...rest }));
}

/** A call per event, many at a time: at its rate, or as fast as answers come. Resolves to the number of events that were stored. */
async function callGreedily(url: string, key: string, events: readonly Wire[]): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CALLS });
  const begun = performance.now();
  const ends = begun + SECONDS * 1_000;
  let next = 0;
  let stored = 0;
  const caller = async (): Promise<void> => {
    while (performance.now() < ends && next < events.length) {
      const at = next++;
      const due = begun + (at / GREEDY_PER_SECOND) * 1_000 - performance.now();
      if (due > 1) await pause(due);
      if ((await callOnce({ url, key, agent, body: JSON.stringify(events[at]) })) === 200) stored++;
    }
  };
  await Promise.all(Array.from({ length: CALLS }, caller));
  agent.destroy();
  return stored;
}

function callOnce(call: { url: string; key: string; agent: Agent; body: string }): Promise<number> {
  const { url, key, agent, body } = call;
  const headers = {
    Authorization: `Bearer ${key}`,
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    request(`${url}/api/events`, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    })
      .once('error', reject)
      .end(body);
  });
}
