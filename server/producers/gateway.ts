import type { Logger } from 'pino';
import type { Namespace, Socket } from 'socket.io';
import {
  PRODUCERS_NAMESPACE,
  type ProducerToServer,
  type PublishAnswer,
  type PublishError,
  type ServerToProducer,
} from '../../domain/realtime/producers';
import { explained } from '../api/refusals/explained';
import { publishBody, publisherOf } from '../api/incoming/publish';
import { Admission, type AdmissionOptions } from '../live/admission';
import { ProducerLimitError } from './errors';
import { Reading, ReadTurns, type ReadConnection } from './reading';
import { writtenTogether, type WritingConnection } from './writing';
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
  readonly #readTurns = new ReadTurns();
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
    this.#namespace = io.of(PRODUCERS_NAMESPACE);
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
    const connection = socket.conn as unknown as ReadConnection & WritingConnection;
    const reading = new Reading(connection, this.#readTurns);
    writtenTogether(connection);
    socket.on('publish', (...given: unknown[]) => void this.#publish(socket, reading, given));
    socket.on('disconnect', () => {
      reading.close();
      this.#sockets.delete(socket);
    });
  }

  async #publish(socket: ProducerSocket, reading: Reading, given: unknown[]): Promise<void> {
    // The acknowledgement is the last one, whatever else a call was given.
    const reply = (typeof given.at(-1) === 'function' ? given.pop() : () => undefined) as (
      answer: PublishAnswer | { error: PublishError },
    ) => void;
    const principal = this.#admission.principalOf(socket);
    if (principal === null) return;
    if (given.length !== 1) {
      reply({ error: { code: 'bad_request', message: 'publish takes one event, or one array of them' } });
      return;
    }
    const [events] = given;
    const count = Array.isArray(events) ? events.length : 1;
    reading.began(count);
    try {
      reply(await publishBody(events, publisherOf(principal, socket.id)));
    } catch (error) {
      const { code, message, headers } = explained(error);
      if (error instanceof ProducerLimitError) reading.hold(error.wait);
      const seconds = headers['Retry-After'];
      reply({ error: { code, message, ...(seconds === undefined ? {} : { retry_after: Number(seconds) }) } });
    } finally {
      reading.ended(count);
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
