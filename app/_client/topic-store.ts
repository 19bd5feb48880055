import type { Json } from '@/domain/json';
import type { Entry, TopicPatch, TopicRequest, TopicSnapshot } from '@/domain/realtime/contract';

/** What the browser holds of one topic. Immutable: `entities` is a new Map exactly when something changed. */
export interface HeldTopic {
  readonly topic: string;
  /** Null before the first snapshot. */
  readonly epoch: string | null;
  readonly rev: number;
  readonly asOfSeq: number;
  readonly entities: ReadonlyMap<string, Json>;
}

export function emptyTopic(topic: string): HeldTopic {
  return { topic, epoch: null, rev: 0, asOfSeq: 0, entities: new Map() };
}

export function fromSnapshot(snapshot: TopicSnapshot): HeldTopic {
  return {
    topic: snapshot.topic,
    epoch: snapshot.epoch,
    rev: snapshot.rev,
    asOfSeq: snapshot.as_of_seq,
    entities: new Map(snapshot.entries),
  };
}

export type PatchOutcome =
  | { readonly kind: 'applied'; readonly held: HeldTopic }
  /** All of it is held already. */
  | { readonly kind: 'stale' }
  /** Something before it is missing, or revisions started over: ask the server again. */
  | { readonly kind: 'gap' };

/**
 * Patches carry whole entities, so one that builds on an earlier revision than the held one and leads beyond it is
 * still safe to apply: it repeats what is held and adds the rest.
 */
export function applyPatch(held: HeldTopic, patch: TopicPatch): PatchOutcome {
  if (held.epoch !== patch.epoch || patch.prev > held.rev) return { kind: 'gap' };
  if (patch.rev <= held.rev) return { kind: 'stale' };
  return {
    kind: 'applied',
    held: {
      topic: held.topic,
      epoch: patch.epoch,
      rev: patch.rev,
      asOfSeq: Math.max(held.asOfSeq, patch.as_of_seq),
      entities: changed(held.entities, patch.set, patch.del),
    },
  };
}

function changed(
  before: ReadonlyMap<string, Json>,
  set: readonly Entry[],
  del: readonly string[],
): ReadonlyMap<string, Json> {
  if (set.length === 0 && del.length === 0) return before;
  const after = new Map(before);
  for (const key of del) after.delete(key);
  for (const [key, entity] of set) after.set(key, entity);
  return after;
}

/** True when a snapshot that came with a page tells more than what is held; `live`: patches are arriving for it. */
export function isNewer(snapshot: TopicSnapshot, held: HeldTopic, live: boolean): boolean {
  if (held.epoch === null) return true;
  // Another epoch: the page may come from a cache. What the socket feeds is right by construction.
  return snapshot.epoch === held.epoch ? snapshot.rev > held.rev : !live;
}

/** The request that resumes where the held state stands. */
export function requestFor(held: HeldTopic): TopicRequest {
  return held.epoch === null
    ? { topic: held.topic }
    : { topic: held.topic, epoch: held.epoch, rev: held.rev };
}
