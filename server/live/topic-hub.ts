import type { Json } from '../../domain/json';
import type { TopicAnswer, TopicPatch, TopicRequest, TopicSnapshot } from '../../domain/realtime/contract';

/** Where a topic's entities come from: the folded state, or the running server itself. */
export interface TopicSource {
  keys(): Iterable<string>;
  entity(key: string): Json | undefined;
}

/** Patches kept per topic for clients that come back: a minute at ten per second. */
const PATCHES_KEPT = 600;

interface TopicState {
  readonly source: TopicSource;
  readonly dirty: Set<string>;
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
}

/**
 * Turns touched keys into revisions. A flush computes each touched entity once, however many browsers look, and a topic
 * that nobody looks at costs a set insertion per touch.
 */
export class TopicHub {
  readonly #topics = new Map<string, TopicState>();
  #epoch: string;
  #anyDirty = false;

  constructor(private readonly options: TopicHubOptions) {
    this.#epoch = options.epoch;
    for (const [name, source] of options.sources)
      this.#topics.set(name, { source, dirty: new Set(), patches: [], rev: 0 });
  }

  touch(topic: string, key: string): void {
    const state = this.#topics.get(topic);
    if (!state) return;
    state.dirty.add(key);
    this.#anyDirty = true;
  }

  /** Starts revisions over: whoever holds an older epoch gets a fresh snapshot. Call after the state was rebuilt. */
  restart(epoch: string): void {
    this.#epoch = epoch;
    for (const state of this.#topics.values()) {
      state.rev = 0;
      state.patches = [];
      state.dirty.clear();
    }
  }

  snapshot(topic: string): TopicSnapshot | null {
    const state = this.#topics.get(topic);
    if (!state) return null;
    const entries: [string, Json][] = [];
    for (const key of state.source.keys()) {
      const entity = state.source.entity(key);
      if (entity !== undefined) entries.push([key, entity]);
    }
    // Touched keys that await the next flush are in here already; the patch will set them to the same or a newer value.
    return {
      kind: 'snapshot',
      topic,
      epoch: this.#epoch,
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
      request.epoch === this.#epoch && request.rev !== undefined ? patchesSince(state, request.rev) : null;
    if (missed) return { kind: 'resumed', topic: request.topic, patches: missed };
    return this.snapshot(request.topic) ?? { kind: 'unknown', topic: request.topic };
  }

  /** The patches since the last flush, one per topic that changed and is watched. */
  flush(): TopicPatch[] {
    if (!this.#anyDirty) return [];
    this.#anyDirty = false;
    const patches: TopicPatch[] = [];
    for (const [topic, state] of this.#topics) {
      if (state.dirty.size === 0) continue;
      if (this.options.watched(topic)) patches.push(this.#patch(topic, state));
      else this.#skip(state);
    }
    return patches;
  }

  #patch(topic: string, state: TopicState): TopicPatch {
    const set: [string, Json][] = [];
    const del: string[] = [];
    for (const key of state.dirty) {
      const entity = state.source.entity(key);
      if (entity === undefined) del.push(key);
      else set.push([key, entity]);
    }
    state.dirty.clear();
    const patch: TopicPatch = {
      kind: 'patch',
      topic,
      epoch: this.#epoch,
      prev: state.rev,
      rev: state.rev + 1,
      as_of_seq: this.options.asOfSeq(),
      set,
      del,
    };
    state.rev = patch.rev;
    state.patches.push(patch);
    if (state.patches.length > PATCHES_KEPT) state.patches.splice(0, PATCHES_KEPT / 10);
    return patch;
  }

  /** Nobody looks: the revision moves on without a patch, so a later resume gets a snapshot. */
  #skip(state: TopicState): void {
    state.dirty.clear();
    state.patches = [];
    state.rev++;
  }
}

function patchesSince(state: TopicState, rev: number): TopicPatch[] | null {
  if (rev === state.rev) return [];
  const first = state.patches[0];
  if (!first || rev < first.prev || rev > state.rev) return null;
  return state.patches.filter((patch) => patch.prev >= rev);
}
