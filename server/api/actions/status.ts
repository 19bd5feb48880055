import { answerOf, COMPOSE } from '../../../domain/actions';
import { normaliseEventType } from '../../../domain/events';
import type { StoredEvent } from '../../../domain/events/envelope';
import { refOf } from '../../../domain/projections/shared/order';
import type { BridgeEntity, EventRef } from '../../../domain/realtime/entities';
import { encodeCursor } from '../../history/cursor';
import type { ActionEntry } from '../../history/types';
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

/** How far an action got, with the processes of the cluster that got it. */
export async function statusOf(entry: ActionEntry): Promise<ActionStatus | null> {
  const status = await progressOf(entry);
  if (status?.row_id == null) return status;
  const { actions } = services();
  const [acks, { subscribers }] = await Promise.all([actions.acks(status.row_id), actions.subscribers()]);
  const own = new Set(subscribers.filter((each) => each.own).map(({ id }) => id));
  const acked = acks?.filter(({ subscriberId }) => !own.has(subscriberId)) ?? null;
  const got = new Set(acked?.map(({ subscriberId }) => subscriberId));
  const waiting = subscribers.filter(
    ({ own: mine, id, types }) => !mine && !got.has(id) && takes(types, entry),
  );
  return {
    ...status,
    state: status.state === 'forwarded' && acked !== null && acked.length > 0 ? 'acked' : status.state,
    acked:
      acked?.map(({ processName, subscriberId, hostname, at }) => {
        return { process: processName || subscriberId, hostname, at, active: true };
      }) ?? null,
    waiting: waiting.map(({ process, hostname, active }) => ({ process, hostname, at: null, active })),
  };
}

/** A subscriber without types takes all of them. */
function takes(types: readonly string[], { eventType }: ActionEntry): boolean {
  return types.length === 0 || types.some((type) => normaliseEventType(type) === eventType);
}
