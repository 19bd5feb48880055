import type { AccessChange } from './contract';

/** The socket.io contract between gateway and producers. */
export const PRODUCERS_NAMESPACE = '/producers';

/** What became of one event, in the place that it had in the call. */
export type PublishedEvent =
  | { readonly status: 'stored' | 'duplicate'; readonly event_id: string; readonly seq: number }
  | {
      readonly status: 'rejected';
      readonly error: { readonly code: string; readonly message: string };
    };

/** Answer to a publish call, once all that was stored is durable. */
export interface PublishAnswer {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly results: readonly PublishedEvent[];
}

/** Nothing of the call was taken, or it is open what was: publish it again, not before `retry_after` seconds. */
export interface PublishError {
  readonly code: string;
  readonly message: string;
  readonly retry_after?: number;
}

export interface ProducerToServer {
  /** One event or an array, as `POST /api/events` takes them. */
  publish: (
    events: unknown,
    answer: (answer: PublishAnswer | { readonly error: PublishError }) => void,
  ) => void;
}

export interface ServerToProducer {
  'server:access': (change: AccessChange) => void;
}
