import type { Json } from '@/domain/json';
import type { TopicAnswer, TopicPatch, TopicRequest, TopicSnapshot } from '@/domain/realtime/contract';
import type { HeldTopic } from './topic-store';
import { applyPatch, emptyTopic, fromSnapshot, isNewer, requestFor } from './topic-store';

interface Cell {
  held: HeldTopic;
  /** What the server rendered with; hydration must see it even when patches came first. */
  seeded: HeldTopic;
  readonly listeners: Set<() => void>;
  /** The server sends patches for it, or has been asked to. */
  subscribed: boolean;
  /** Asked, not answered yet. */
  asking: boolean;
}

/** How topics reach the server; does nothing while there is no connection. */
export interface TopicWire {
  subscribe(requests: readonly TopicRequest[]): void;
  unsubscribe(topics: readonly string[]): void;
}

/** Kept subscribed for a while after the last reader left: navigation comes back. */
const LINGER_MS = 10_000;

/** The tables this browser holds, who reads them, and what must be asked of the server. */
export class Topics {
  private readonly cells = new Map<string, Cell>();
  private readonly wanted = new Set<string>();
  private flushing = false;
  private online = false;

  constructor(private readonly wire: TopicWire) {}

  /**
   * Takes in what came with a page. Called while rendering: readers are told afterwards. False where a topic had gone on
   * since the page was rendered: then what else came with the page is behind, too.
   */
  seed(snapshots: readonly TopicSnapshot[]): boolean {
    let current = true;
    for (const snapshot of snapshots) {
      const cell = this.cell(snapshot.topic);
      if (!isNewer(snapshot, cell.held, cell.subscribed)) {
        current &&= snapshot.epoch === cell.held.epoch && snapshot.rev === cell.held.rev;
        continue;
      }
      cell.held = cell.seeded = fromSnapshot(snapshot);
      if (cell.listeners.size > 0) queueMicrotask(() => notify(cell));
    }
    return current;
  }

  entities(topic: string): ReadonlyMap<string, Json> {
    return this.cell(topic).held.entities;
  }

  /** False before the first snapshot: nothing is known, which is not the same as that there is nothing. */
  isHeld(topic: string): boolean {
    return this.cell(topic).held.epoch !== null;
  }

  seededEntities(topic: string): ReadonlyMap<string, Json> {
    return this.cell(topic).seeded.entities;
  }

  listen(topic: string, listener: () => void): () => void {
    const cell = this.cell(topic);
    cell.listeners.add(listener);
    if (!cell.subscribed) this.want(topic, cell);
    return () => {
      cell.listeners.delete(listener);
      if (cell.listeners.size === 0) setTimeout(() => this.dropIfUnread(topic, cell), LINGER_MS);
    };
  }

  /** A connection is there: ask for everything that is read, from where we stand. */
  connected(): void {
    this.online = true;
    for (const [topic, cell] of this.cells) {
      cell.subscribed = cell.asking = false;
      if (cell.listeners.size > 0) this.want(topic, cell);
    }
  }

  disconnected(): void {
    this.online = false;
    for (const cell of this.cells.values()) cell.subscribed = cell.asking = false;
  }

  answered(answers: readonly TopicAnswer[]): void {
    for (const answer of answers) {
      const cell = this.cell(answer.topic);
      cell.asking = false;
      if (answer.kind === 'snapshot') this.put(cell, fromSnapshot(answer));
      if (answer.kind === 'resumed') for (const patch of answer.patches) this.patched(patch);
    }
  }

  /** Applies a patch; after a gap the topic is asked for again, once. */
  patched(patch: TopicPatch): void {
    const cell = this.cell(patch.topic);
    const outcome = applyPatch(cell.held, patch);
    if (outcome.kind === 'applied') this.put(cell, outcome.held);
    // Patches that overtake the answer belong to a state that is still on its way.
    if (outcome.kind === 'gap' && !cell.asking) this.want(patch.topic, cell);
  }

  private put(cell: Cell, held: HeldTopic): void {
    const same = cell.held.entities === held.entities;
    cell.held = held;
    if (!same) notify(cell);
  }

  private want(topic: string, cell: Cell): void {
    if (!this.online) return;
    cell.subscribed = cell.asking = true;
    this.wanted.add(topic);
    if (this.flushing) return;
    this.flushing = true;
    // All topics of one page render go out as one request.
    queueMicrotask(() => {
      this.flushing = false;
      const requests = [...this.wanted].map((name) => requestFor(this.cell(name).held));
      this.wanted.clear();
      this.wire.subscribe(requests);
    });
  }

  private dropIfUnread(topic: string, cell: Cell): void {
    if (cell.listeners.size > 0 || !cell.subscribed) return;
    cell.subscribed = cell.asking = false;
    this.wire.unsubscribe([topic]);
  }

  private cell(topic: string): Cell {
    let cell = this.cells.get(topic);
    if (cell === undefined) {
      const held = emptyTopic(topic);
      cell = { held, seeded: held, listeners: new Set(), subscribed: false, asking: false };
      this.cells.set(topic, cell);
    }
    return cell;
  }
}

function notify(cell: { readonly listeners: ReadonlySet<() => void> }): void {
  for (const listener of [...cell.listeners]) listener();
}
