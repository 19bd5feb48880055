import type { StoredEvent } from '../../../domain/events/envelope';
import { DataEventBus, producerOf } from './data-bus';
import type { DeliveryTargets } from './delivery';
import { Dispatcher } from './dispatcher';
import type { RouterOptions } from '../router-options';
import { StageEventBus } from './stage-bus';
import type { Failure } from './subscriber';
import type { Timers } from '../timers';

interface Hooks {
  readonly now: () => number;
  readonly timers: Timers;
  readonly onFailure: (failure: Failure<StoredEvent>) => void;
  readonly onUnheard: (eventType: string) => void;
}

/** The buses that a router's options ask for, and its own subscribers, all with the same limits. */
export function createTargets(options: RouterOptions, hooks: Hooks): DeliveryTargets {
  const { timers, onFailure, onUnheard, now } = hooks;
  const { handlerTimeoutMs, maxQueued } = options;
  const common = { timers, onFailure, ...(maxQueued !== undefined && { maxQueued }) };
  const busTimeout = handlerTimeoutMs === undefined ? {} : { handlerTimeoutMs };
  const ownTimeout = handlerTimeoutMs === undefined ? {} : { timeoutMs: handlerTimeoutMs };
  return {
    dataBus: options.dataBus === false ? null : new DataEventBus({ ...common, ...busTimeout, onUnheard }),
    stageBus: options.stageBus === false ? null : new StageEventBus({ ...common, ...busTimeout, now }),
    subscribers: new Dispatcher({ ...common, ...ownTimeout, producerOf }),
  };
}
