import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RingsideEvent } from './ringside';

/**
 * What the server does with one call. `keep`: how many of its events are stored before that; all unless given.
 * `hang` never answers, `cut` breaks the connection.
 */
export type Behaviour =
  | { do: 'answer' }
  | { do: 'status'; status: number; headers?: Record<string, string>; body?: string; keep?: number }
  | { do: 'cut'; keep?: number }
  | { do: 'hang'; keep?: number };

export interface Call {
  readonly headers: IncomingMessage['headers'];
  readonly events: readonly RingsideEvent[];
  readonly at: number;
}

/** A small HTTP server that stores events as Ringside does: in order, and each key once. */
export class ScriptedServer {
  readonly calls: Call[] = [];
  readonly stored: RingsideEvent[] = [];
  /** For the next calls, in turn; afterwards all is well. */
  script: Behaviour[] = [];
  /** Why an event is refused; null where it is not. */
  refuses: (event: RingsideEvent) => { code: string; message: string } | null = () => null;
  /** A refusal of a call as a whole. */
  refusesCall: (call: Call) => Behaviour | null = () => null;
  readonly #keys = new Set<string>();
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** On the port that it had before. */
  start(): Promise<void> {
    return new Promise((resolve) =>
      this.#server.listen(this.#port, '127.0.0.1', () => {
        this.#port = (this.#server.address() as AddressInfo).port;
        resolve();
      }),
    );
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const events = eventsOf(Buffer.concat(chunks).toString());
    if (events === null) {
      response.writeHead(400).end('{"error":{"code":"bad_request","message":"not JSON"}}');
      return;
    }
    const call = { headers: request.headers, events, at: performance.now() };
    this.calls.push(call);
    const behaviour = this.script.shift() ?? this.refusesCall(call) ?? { do: 'answer' };
    if (behaviour.do === 'answer') {
      response.end(JSON.stringify({ results: this.#store(events) }));
      return;
    }
    this.#store(events.slice(0, behaviour.keep ?? events.length));
    if (behaviour.do === 'cut') request.socket.destroy();
    if (behaviour.do === 'status')
      response.writeHead(behaviour.status, behaviour.headers).end(behaviour.body ?? '');
  }

  #store(events: readonly RingsideEvent[]): object[] {
    return events.map((event) => {
      const error = this.refuses(event);
      if (error !== null) return { status: 'rejected', error };
      if (this.#keys.has(event.idempotency_key)) return { status: 'duplicate', event_id: 'x', seq: 1 };
      this.#keys.add(event.idempotency_key);
      this.stored.push(event);
      return { status: 'stored', event_id: 'x', seq: 1 };
    });
  }
}

function eventsOf(body: string): RingsideEvent[] | null {
  try {
    return JSON.parse(body) as RingsideEvent[];
  } catch {
    return null;
  }
}
