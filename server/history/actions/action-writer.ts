import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../../db/client';
import { CHAIN_START, entryHash } from './action-chain';
import { uuidToBytes } from '../sql/uuid-bytes';
import type { NewAction } from './action-types';

const COLUMNS =
  'id, action_id, key, kind, at, actor_kind, actor, address, subject, config, reason, event_type, input, evidence, previous, hash';

/** Appends to the log of actions; runs in the writer's transaction, right after the action's event. */
export class ActionWriter {
  readonly #last: Statement<[], { id: number; hash: string }>;
  readonly #stored: Statement<[Buffer]>;
  readonly #known: Statement<[string, string]>;
  readonly #insert: Statement;

  constructor(db: Connection) {
    this.#last = db.prepare('SELECT id, hash FROM actions ORDER BY id DESC LIMIT 1');
    this.#stored = db.prepare('SELECT 1 FROM events WHERE event_id = ?');
    this.#known = db.prepare('SELECT 1 FROM actions WHERE action_id = ? OR key = ?');
    this.#insert = db.prepare(`INSERT INTO actions (${COLUMNS}) VALUES (${Array(16).fill('?').join(', ')})`);
  }

  /** Nothing is written for a press whose event was not: its key was pressed before. */
  append(action: NewAction): void {
    if (this.#stored.get(uuidToBytes(action.actionId)) === undefined) return;
    if (this.#known.get(action.actionId, action.key) !== undefined) return;
    const last = this.#last.get();
    const id = (last?.id ?? 0) + 1;
    const previous = last?.hash ?? CHAIN_START;
    const { actionId, key, kind, at, actor, subject, config, reason, eventType, input, evidence } = action;
    const who = [actor.kind, actor.name, actor.address];
    const what = [subject, config, reason, eventType, input, evidence];
    this.#insert.run(id, actionId, key, kind, at, ...who, ...what, previous, entryHash(action, id, previous));
  }
}
