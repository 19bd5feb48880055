import { createHash } from 'node:crypto';
import { canonicalJson } from '../../canonical/canonical';
import type { ActionEntry, NewAction } from './action-types';

/** What the first entry is chained to. */
export const CHAIN_START = '0'.repeat(64);

/**
 * Hash of an entry: SHA-256 over the canonical JSON (RFC 8785) of all its fields, its number and the hash before among
 * them. `input` and `evidence` count as the texts that are stored.
 */
export function entryHash(action: NewAction, id: number, previous: string): string {
  const { actionId, key, kind, at, actor, subject, config, reason, eventType, input, evidence } = action;
  const { kind: actorKind, name, address } = actor;
  const who = { actorKind, name, address };
  const what = { actionId, key, kind, at, subject, config, reason, eventType, input, evidence };
  return createHash('sha256')
    .update(canonicalJson({ id, previous, ...who, ...what }))
    .digest('hex');
}

/** Where a chain is broken: at which entry, and how. */
export interface ChainBreak {
  readonly id: number;
  readonly problem: string;
}

/** Checks entry after entry, oldest first; a chain that was cut at its end looks whole here. */
export class ChainCheck {
  #id = 0;
  #previous = CHAIN_START;

  get entries(): number {
    return this.#id;
  }

  /** What is wrong with the next entry; null when it is what was written. */
  next(entry: ActionEntry): ChainBreak | null {
    const expected = this.#id + 1;
    if (entry.id !== expected) return { id: expected, problem: 'it is missing' };
    if (entry.previous !== this.#previous)
      return { id: entry.id, problem: 'it is not chained to the entry before' };
    if (entry.hash !== entryHash(entry, entry.id, entry.previous))
      return { id: entry.id, problem: 'it is not what was written' };
    this.#id = entry.id;
    this.#previous = entry.hash;
    return null;
  }
}
