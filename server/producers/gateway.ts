import type { Logger } from 'pino';
import type { Namespace, Socket } from 'socket.io';
import {
  PRODUCERS_NAMESPACE,
  type ProducerToServer,
  type PublishAnswer,
  type PublishError,
  type ServerToProducer,
} from '../../domain/realtime/producers';
import { explained } from '../api/http';
import { publishBody, publisherOf } from '../api/publish';
import { Admission, type AdmissionOptions } from '../live/admission';
import { waitingPackets, type SocketServer } from '../live/socket-server';

type ProducerSocket = Socket<ProducerToServer, ServerToProducer>;

const MAX_PRODUCERS = 1_000;
/** Answers that may wait for one producer. One that stops reading is let go: it publishes again when it comes back. */
const MAX_WAITING_PACKETS = 5_000;

/** The socket.io door for producers: events in, an acknowledgement after their commit. */
export class ProducerGateway {
  readonly #namespace: Namespace<ProducerToServer, ServerToProducer>;
  readonly #sockets = new Set<ProducerSocket>();
  readonly #connections = new WeakSet();
  readonly #admission: Admission<ProducerSocket>;
  readonly #timer: NodeJS.Timeout;

  constructor(
    io: SocketServer,
    private readonly options: Pick<AdmissionOptions<ProducerSocket>, 'access' | 'behindProxy'> & {
      readonly log: Logger;
    },
  ) {
    this.#admission = new Admission<ProducerSocket>({
      ...options,
      permission: 'publish',
      sockets: () => this.#sockets,
      most: MAX_PRODUCERS,
    });
    this.#namespace = io.of(PRODUCERS_NAMESPACE) as unknown as Namespace<ProducerToServer, ServerToProducer>;
    this.#namespace.use(this.#admission.admit);
    this.#namespace.on('connection', (socket) => this.#connect(socket));
    this.#timer = setInterval(() => this.#letGo(), 1_000);
  }

  /** Whether this connection of engine.io is a producer's. */
  produces(connection: object): boolean {
    return this.#connections.has(connection);
  }

  #connect(socket: ProducerSocket): void {
    this.#sockets.add(socket);
    this.#connections.add(socket.conn);
    socket.on('publish', (events, answer) => void this.#publish(socket, events, answer));
    socket.on('disconnect', () => void this.#sockets.delete(socket));
  }

  async #publish(socket: ProducerSocket, events: unknown, answer: unknown): Promise<void> {
    const reply = (typeof answer === 'function' ? answer : () => undefined) as (
      answer: PublishAnswer | { error: PublishError },
    ) => void;
    const principal = this.#admission.principalOf(socket);
    if (principal === null) return;
    try {
      reply(await publishBody(events, publisherOf(principal, socket.id)));
    } catch (error) {
      const { code, message, headers } = explained(error);
      const seconds = headers['Retry-After'];
      if (code === 'too_many_requests') pauseReading(socket, Number(seconds ?? 1) * 1000);
      reply({ error: { code, message, ...(seconds === undefined ? {} : { retry_after: Number(seconds) }) } });
    }
  }

  #letGo(): void {
    for (const socket of this.#sockets) {
      const waiting = waitingPackets(socket);
      if (waiting <= MAX_WAITING_PACKETS) continue;
      this.options.log.warn(
        { socket: socket.id, waiting },
        'a producer does not read its answers and was disconnected',
      );
      socket.disconnect(true);
    }
  }

  close(): void {
    clearInterval(this.#timer);
    this.#admission.close();
  }
}

/**
 * Whoever sends more than its share is not read for a while: what it goes on sending stays with it, and refusing that costs
 * nothing. A connection by polling is refused call by call.
 */
function pauseReading({ conn }: ProducerSocket, milliseconds: number): void {
  const { socket } = conn.transport as unknown as {
    socket?: { readonly isPaused?: boolean; pause?(): void; resume?(): void };
  };
  if (!socket?.pause || socket.isPaused) return;
  socket.pause();
  setTimeout(() => socket.resume?.(), milliseconds).unref();
}
