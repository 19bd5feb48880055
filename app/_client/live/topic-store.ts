import type { Json } from '@/domain/json';
import { isJsonObject } from '@/domain/json';
import type { TopicPatch, TopicRequest, TopicSnapshot } from '@/domain/realtime/contract';

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
 * A patch carries current values of whatever changed since the revision it builds on, so one that builds on an earlier
 * revision than the held one and leads beyond it is still safe to apply: it repeats what is held and adds the rest.
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
      entities: changed(held.entities, patch),
    },
  };
}

/** Another map also where no entity differs: then the state was folded anew, and queries that follow the topic ask again. */
function changed(
  before: ReadonlyMap<string, Json>,
  { set, merge, del }: TopicPatch,
): ReadonlyMap<string, Json> {
  const after = new Map(before);
  for (const key of del) after.delete(key);
  for (const [key, entity] of set) after.set(key, entity);
  for (const [key, fields] of merge) after.set(key, merged(after.get(key), fields));
  return after;
}

/** From entries: spreading would take a field called `__proto__` for the prototype. */
function merged(entity: Json | undefined, fields: Json): Json {
  if (!isJsonObject(entity) || !isJsonObject(fields)) return fields;
  return Object.fromEntries([...Object.entries(entity), ...Object.entries(fields)]);
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
