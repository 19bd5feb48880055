import type { Json, JsonObject } from '../../../domain/json';
import type {
  Entry,
  TopicAnswer,
  TopicPatch,
  TopicRequest,
  TopicSnapshot,
} from '../../../domain/realtime/contract';
import { changedFields, remember, type Sent } from './changed-fields';

/** Where a topic's entities come from: the folded state, or the running server itself. */
export interface TopicSource {
  keys(): Iterable<string>;
  entity(key: string): Json | undefined;
}

/** Patches kept per topic for clients that come back: a minute at ten per second. */
const PATCHES_KEPT = 600;

interface TopicState {
  readonly source: TopicSource;
  /** Touched and not sent yet, the longest waiting first. */
  readonly dirty: Set<string>;
  /** What was sent last of each entity, as long as somebody looks: a patch carries only the fields that differ. */
  readonly sent: Map<string, Sent>;
  /** What this topic may send right now; below zero after an entity wider than what was left. */
  bytes: number;
  /** Flushes to sit out after a wide patch. */
  pause: number;
  /** The next patch is sent even where no entity differs. */
  renewed: boolean;
  /** Consecutive patches, the last of which leads to `rev`. */
  patches: TopicPatch[];
  rev: number;
}

export interface TopicHubOptions {
  readonly epoch: string;
  readonly sources: ReadonlyMap<string, TopicSource>;
  readonly asOfSeq: () => number;
  /** Whether anyone looks at a topic: patches are computed for those only. */
  readonly watched: (topic: string) => boolean;
  /** What a topic may send per flush, on average; up to ten flushes' worth is saved up. Default: no limit. */
  readonly bytesPerFlush?: number;
}

/**
 * A patch of so many entities costs its topic one flush: nobody reads fifty lines that change ten times a second, and
 * drawing them would take all of the browser's time. At most nine are sat out, so every topic is told once a second.
 */
const ENTITIES_PER_FLUSH = 4;
const LONGEST_PAUSE = 9;
/** Flushes for which a quiet topic saves up, so that a single change never waits. */
const SAVED_FLUSHES = 10;

/**
 * Turns touched keys into revisions. A flush computes each touched entity once, however many browsers look, and a topic
 * that nobody looks at costs a set insertion per touch.
 */
export class TopicHub {
  readonly #topics = new Map<string, TopicState>();
  #anyDirty = false;

  constructor(private readonly options: TopicHubOptions) {
    for (const [name, source] of options.sources)
      this.#topics.set(name, {
        source,
        dirty: new Set(),
        sent: new Map(),
        bytes: 0,
        pause: 0,
        renewed: false,
        patches: [],
        rev: 0,
      });
  }

  touch(topic: string, key: string): void {
    const state = this.#topics.get(topic);
    if (!state) return;
    state.dirty.add(key);
    this.#anyDirty = true;
  }

  /**
   * The state behind all topics was folded anew. What queries tell of it may differ where no entity does, and they follow
   * revisions: so each topic gets a new one.
   */
  renewed(): void {
    for (const state of this.#topics.values()) state.renewed = true;
    this.#anyDirty = true;
  }

  snapshot(topic: string): TopicSnapshot | null {
    const state = this.#topics.get(topic);
    if (!state) return null;
    const entries: [string, Json][] = [];
    for (const key of state.source.keys()) {
      const entity = state.source.entity(key);
      if (entity !== undefined) entries.push([key, entity]);
    }
    // Keys that await a flush are in here already, newer than what was sent: their next patch must carry them whole.
    for (const key of state.dirty) state.sent.delete(key);
    return {
      kind: 'snapshot',
      topic,
      epoch: this.options.epoch,
      rev: state.rev,
      as_of_seq: this.options.asOfSeq(),
      entries,
    };
  }

  /** What a subscriber needs to be current: the patches after its revision where they are still held, else everything. */
  answer(request: TopicRequest): TopicAnswer {
    const state = this.#topics.get(request.topic);
    if (!state) return { kind: 'unknown', topic: request.topic };
    const missed =
      request.epoch === this.options.epoch && request.rev !== undefined
        ? patchesSince(state, request.rev)
        : null;
    if (missed) return { kind: 'resumed', topic: request.topic, patches: missed };
    return this.snapshot(request.topic) ?? { kind: 'unknown', topic: request.topic };
  }

  /**
   * What changed since the last flush, a patch per topic that is watched. A topic that has used up its bytes sends what
   * waits longest first and keeps the rest for the next flush, when it is as current as anything.
   */
  flush(): TopicPatch[] {
    for (const state of this.#topics.values()) this.#refill(state);
    if (!this.#anyDirty) return [];
    this.#anyDirty = false;
    const patches: TopicPatch[] = [];
    for (const [topic, state] of this.#topics) {
      if (state.dirty.size === 0 && !state.renewed) continue;
      if (this.options.watched(topic)) {
        const patch = state.pause-- > 0 ? null : this.#patch(topic, state);
        if (patch) patches.push(patch);
        if (state.dirty.size > 0 || state.renewed) this.#anyDirty = true;
      } else this.#skip(state);
    }
    return patches;
  }

  #refill(state: TopicState): void {
    const share = this.options.bytesPerFlush ?? Infinity;
    state.bytes = Math.min(state.bytes + share, share * SAVED_FLUSHES);
  }

  #patch(topic: string, state: TopicState): TopicPatch | null {
    const changes = collect(state);
    const none = changes.set.length + changes.merge.length + changes.del.length === 0;
    if (none && !state.renewed) return null;
    state.renewed = false;
    const patch: TopicPatch = {
      kind: 'patch',
      topic,
      epoch: this.options.epoch,
      prev: state.rev,
      rev: state.rev + 1,
      as_of_seq: this.options.asOfSeq(),
      ...changes,
    };
    state.rev = patch.rev;
    const width = changes.set.length + changes.merge.length;
    state.pause = Math.min(LONGEST_PAUSE, Math.floor(width / ENTITIES_PER_FLUSH));
    state.patches.push(patch);
    if (state.patches.length > PATCHES_KEPT) state.patches.splice(0, PATCHES_KEPT / 10);
    return patch;
  }

  /** Nobody looks: the revision moves on without a patch, so a later resume gets a snapshot. */
  #skip(state: TopicState): void {
    state.dirty.clear();
    state.sent.clear();
    state.patches = [];
    state.renewed = false;
    state.rev++;
  }
}

/** Takes what is touched, the longest waiting first, until the bytes are used up. */
function collect(state: TopicState): Pick<TopicPatch, 'set' | 'merge' | 'del'> {
  const set: Entry[] = [];
  const merge: Entry[] = [];
  const del: string[] = [];
  for (const key of state.dirty) {
    if (state.bytes <= 0) break;
    state.dirty.delete(key);
    const entity = state.source.entity(key);
    if (entity === undefined) {
      state.sent.delete(key);
      del.push(key);
      state.bytes -= key.length;
      continue;
    }
    const fields = changes(state, key, entity);
    if (fields !== null && Object.keys(fields).length === 0) continue;
    const entry: Entry = [key, fields ?? entity];
    (fields === null ? set : merge).push(entry);
    state.bytes -= JSON.stringify(entry).length;
  }
  return { set, merge, del };
}

/** What an entity's patch needs to carry besides its key; null for all of it. Remembers it as sent. */
function changes(state: TopicState, key: string, entity: Json): JsonObject | null {
  const before = state.sent.get(key);
  const now = remember(entity);
  if (now === null) {
    state.sent.delete(key);
    return null;
  }
  state.sent.set(key, now);
  return before === undefined ? null : changedFields(before, now, entity as JsonObject);
}

function patchesSince(state: TopicState, rev: number): TopicPatch[] | null {
  if (rev === state.rev) return [];
  const first = state.patches[0];
  if (!first || rev < first.prev || rev > state.rev) return null;
  return state.patches.filter((patch) => patch.prev >= rev);
}
