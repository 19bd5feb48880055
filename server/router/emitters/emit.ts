import type { EventName, PayloadOf } from '../../../domain/events';
import type { Json, JsonObject } from '../../../domain/json';
import { isoTime } from '../delivery/stage-result';
import type { PublishRequest, PublishResult } from '../types';

/** What an emit function needs of the router. */
export interface Publisher {
  publish(request: PublishRequest): Promise<PublishResult>;
  /** Epoch seconds. */
  now(): number;
}

/** Envelope of an emitted event, and payload fields beyond the documented ones. */
export interface EmitOptions extends Omit<PublishRequest, 'eventType' | 'payload'> {
  readonly extra?: JsonObject;
}

/** Fields of a payload; those that are undefined are left out. */
export type Fields = Readonly<Record<string, Json | undefined>>;

const SOURCE = 'event_emitters';

/**
 * Publishes any catalogued event with a payload of its documented type. For the types that the catalogue gives an emit
 * function of their own, that one also fills in what follows from its parameters.
 */
export function emit<N extends EventName>(
  publisher: Publisher,
  type: N,
  payload: PayloadOf<N>,
  options: EmitOptions = {},
): Promise<PublishResult> {
  return send(publisher, type, payload, options);
}

/** Publishes on the data bus. */
export function emitData(
  publisher: Publisher,
  type: EventName,
  fields: Fields,
  options: EmitOptions = {},
): Promise<PublishResult> {
  return send(publisher, type, stamped(publisher, fields, options), options);
}

/** Publishes on the stage bus; `stage` is a stage value. */
export function emitStage(
  publisher: Publisher,
  stage: string,
  fields: Fields,
  options: EmitOptions = {},
): Promise<PublishResult> {
  return send(publisher, stage, stamped(publisher, fields, options), { origin: 'stage_bus', ...options });
}

/** The configuration that a board and a number of players make, e.g. `hex8_2p`. */
export function configKey(boardType: string, numPlayers: number): string {
  return `${boardType}_${numPlayers}p`;
}

/** The cluster's emitters stamp each payload with its time, so that equal news an hour later are no repetition. */
function stamped(publisher: Publisher, fields: Fields, options: EmitOptions): Fields {
  return { ...fields, timestamp: isoTime(options.timestamp ?? publisher.now()) };
}

function send(
  publisher: Publisher,
  eventType: string,
  fields: Fields,
  options: EmitOptions,
): Promise<PublishResult> {
  const { extra, ...envelope } = options;
  const payload = known({ ...fields, ...extra });
  return publisher.publish({ source: SOURCE, ...envelope, eventType, payload });
}

function known(fields: Fields): JsonObject {
  const entries = Object.entries(fields).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}
