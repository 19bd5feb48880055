import { answerOf, COMPOSE } from '../../../domain/actions';
import type { StoredEvent } from '../../../domain/events/envelope';
import { refOf } from '../../../domain/projections/shared/order';
import type { BridgeEntity, EventRef } from '../../../domain/realtime/entities';
import { encodeCursor } from '../../history/search/cursor';
import type { ActionEntry } from '../../history/actions/action-types';
import type { DeliverySubscriber } from '../../live/runtime/event-delivery';
import { services } from '../../services';

/** A process of the cluster that got the event, or is still to get it. */
export type Receiver = { process: string; hostname: string; at: number | null; active: boolean };

/** How far an action got. Times are epoch seconds. */
export type ActionStatus = {
  state: 'committed' | 'forwarded' | 'acked' | 'answered' | 'overdue';
  committed_at: number;
  seq: number;
  /** Row of events.db; null while it waits in the outbox. */
  row_id: number | null;
  /** Why it waits; null when nothing is wrong. */
  trouble: string | null;
  /** Who acked it; null while events.db cannot be read. */
  acked: Receiver[] | null;
  /** Who subscribed to its type and did not ack it yet. */
  waiting: Receiver[];
  /** Types one of which answers it; empty where nothing does. */
  awaits: readonly string[];
  due_at: number | null;
  answer: EventRef | null;
};

/** The part that a list shows: all but who acked it. */
export async function progressOf(entry: ActionEntry): Promise<ActionStatus | null> {
  const event = await services().history.byId(entry.actionId);
  if (event === null) return null;
  const expects = answerOf(entry);
  const answer = await answerTo(entry, event);
  const due = expects === null ? null : event.timestamp + expects.within;
  const overdue =
    answer === null && due !== null && Math.max(Date.now() / 1000, services().live.clock() ?? 0) > due;
  const reached = event.queueEventId === null ? 'committed' : 'forwarded';
  return {
    state: answer !== null ? 'answered' : overdue ? 'overdue' : reached,
    committed_at: event.receivedAt,
    seq: event.seq,
    row_id: event.queueEventId,
    trouble: event.queueEventId === null ? bridgeTrouble() : null,
    acked: [],
    waiting: [],
    awaits: expects?.types ?? [],
    due_at: due,
    answer: answer === null ? null : refOf(answer),
  };
}

/** Why the bridge does not forward; null when it does. */
function bridgeTrouble(): string | null {
  const [bridges] = services().live.snapshot(['router.bridges']);
  const details = bridges?.entries.map(([, entity]) => (entity as BridgeEntity).detail) ?? [];
  return details.find((detail) => detail !== null) ?? null;
}

/** The first event after the action that answers it. */
async function answerTo(entry: ActionEntry, event: StoredEvent): Promise<StoredEvent | null> {
  const expects = answerOf(entry);
  if (expects === null) return null;
  const node = entry.kind === COMPOSE ? nodeAsked(event) : entry.subject;
  const subject = { model: event.model, config: event.config, node }[expects.by ?? 'config'];
  const by = expects.by === null || subject === null ? {} : { [expects.by]: [subject] };
  const { events } = await services().history.query(
    { type: expects.types, ...by },
    { order: 'asc', limit: 1, cursor: encodeCursor(event.seq, 'asc'), count: false },
  );
  return events[0] ?? null;
}

/** The node that a composed event is about: what it aims at, where it names that. */
function nodeAsked({ payload, node }: StoredEvent): string | null {
  const target = payload['target'];
  return typeof target === 'string' ? target : node;
}

/** How far an action got, with the processes of the cluster that got it or are still to get it. */
export async function statusOf(entry: ActionEntry): Promise<ActionStatus | null> {
  const [status, event] = await Promise.all([progressOf(entry), services().history.byId(entry.actionId)]);
  if (status?.row_id == null || event === null) return status;
  const { error, subscribers } = await services().delivery(event);
  const others = subscribers.filter(({ own }) => !own);
  const acked = others.filter(({ state }) => state === 'acked');
  return {
    ...status,
    state: status.state === 'forwarded' && acked.length > 0 ? 'acked' : status.state,
    acked: error === null ? acked.map(receiver).sort((a, b) => (a.at ?? 0) - (b.at ?? 0)) : null,
    waiting: others.filter(({ state }) => state === 'pending').map(receiver),
  };
}

function receiver({ process, hostname, acked_at: at, active }: DeliverySubscriber): Receiver {
  return { process, hostname, at, active };
}
