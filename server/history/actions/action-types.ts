import type { Actor } from '../../../domain/actions/actor';

/** What an operator did. `actionId` is also the id of the event that it publishes. */
export interface NewAction {
  readonly actionId: string;
  /** One per press, however often it is repeated. */
  readonly key: string;
  readonly kind: string;
  readonly at: number;
  readonly actor: Actor;
  /** The model, node, config, … that it is about. */
  readonly subject: string | null;
  readonly config: string | null;
  readonly reason: string;
  readonly eventType: string;
  /** Canonical JSON of what was asked, without the key. */
  readonly input: string;
  /** JSON of what the operator decided on. */
  readonly evidence: string;
}

/** An entry of the log of actions, chained to the one before. */
export interface ActionEntry extends NewAction {
  readonly id: number;
  readonly previous: string;
  readonly hash: string;
}

export interface ActionFilter {
  /** Words that must all occur, whatever their case. */
  readonly text?: string;
  readonly kind?: string;
  readonly subject?: string;
}

/** The log of actions. */
export interface ActionLog {
  actionByKey(key: string): Promise<ActionEntry | null>;
  actionById(actionId: string): Promise<ActionEntry | null>;
  /** Newest first, below `before`. `total` counts all that match the filter. */
  listActions(
    filter: ActionFilter,
    options: { readonly limit: number; readonly before?: number },
  ): Promise<{ actions: readonly ActionEntry[]; total: number }>;
}
