import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import path from 'node:path';
import { createInterface, type Interface } from 'node:readline';

/**
 * A process of the cluster: Python with nothing but its own `sqlite3`, doing what RingRift's queue does with `events.db`
 * (see e2e/support/ringrift_process.py). One command per line in, one JSON answer per line out.
 */
export class RingRiftProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: Interface;
  readonly #answers: ((answer: unknown) => void)[] = [];

  constructor(eventsDb: string, name: string) {
    this.#child = spawn('python3', [path.join(import.meta.dirname, 'ringrift_process.py'), eventsDb, name]);
    this.#child.stderr.on('data', (chunk: Buffer) => process.stderr.write(chunk));
    this.#lines = createInterface({ input: this.#child.stdout });
    this.#lines.on('line', (text) => this.#answers.shift()?.(JSON.parse(text)));
  }

  #ask(command: object): Promise<unknown> {
    return new Promise((resolve) => {
      this.#answers.push(resolve);
      this.#child.stdin.write(`${JSON.stringify(command)}\n`);
    });
  }

  /** Inserts one row as RingRift's publish does; answers its row id. `as`: another source or machine than its own. */
  publish(
    eventType: string,
    payload: object | string,
    as: { source?: string; hostname?: string } = {},
  ): Promise<number> {
    return this.#ask({
      do: 'publish',
      ...as,
      event_type: eventType,
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    }) as Promise<number>;
  }

  /** Inserts `count` rows of NEW_GAMES, numbered in `new_games`, `perSecond` of them a second. */
  stream(count: number, perSecond: number): Promise<number> {
    return this.#ask({ do: 'stream', count, per_second: perSecond }) as Promise<number>;
  }

  /** Registers as a subscriber, polls as RingRift's queue does and acks what it got. */
  pollAndAck(
    types: string[],
  ): Promise<{ event_id: number; event_type: string; payload: string; source: string }[]> {
    return this.#ask({ do: 'poll', types }) as Promise<
      { event_id: number; event_type: string; payload: string; source: string }[]
    >;
  }

  /** Any statement, for set-ups. */
  execute(sql: string): Promise<unknown> {
    return this.#ask({ do: 'execute', sql });
  }

  close(): void {
    this.#child.stdin.end();
  }
}
