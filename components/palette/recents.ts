import { History } from 'lucide-react';
import { readAddress } from '@/domain/views/address';
import type { Command } from './command';

/** A choice made before. With `href` it can be offered again without its source, which needs a word to find it by. */
export interface Recent {
  readonly id: string;
  readonly label: string;
  readonly href?: string;
}

const KEY = 'ringside-palette';
const KEPT = 20;

/** The choices of this browser, newest first; none where it keeps nothing or something else wrote there. */
export function loadRecents(): readonly Recent[] {
  try {
    return readRecents(localStorage.getItem(KEY));
  } catch {
    return [];
  }
}

export function readRecents(text: string | null): readonly Recent[] {
  if (text === null) return [];
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) ? value.filter(isRecent).slice(0, KEPT) : [];
}

function isRecent(value: unknown): value is Recent {
  if (typeof value !== 'object' || value === null) return false;
  const { id, label, href } = value as Record<string, unknown>;
  if (typeof id !== 'string' || typeof label !== 'string') return false;
  // Pages of ours only: what a browser keeps can be edited by hand.
  return href === undefined || (typeof href === 'string' && readAddress(href).ok);
}

/** The list with this choice in front. */
export function withRecent(recents: readonly Recent[], command: Command): readonly Recent[] {
  const { id, label, isName, does } = command;
  // A search is not a place; it is typed anew.
  if (id === 'find-events') return recents;
  const recent = { id, label, ...(isName && 'href' in does ? { href: does.href } : {}) };
  return [recent, ...recents.filter((each) => each.id !== id)].slice(0, KEPT);
}

export function saveRecents(recents: readonly Recent[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(recents));
  } catch {
    // Full or forbidden: the palette works without a memory.
  }
}

/** The choice as a command; null for one that only its source knows. */
export function asCommand({ id, label, href }: Recent): Command | null {
  if (href === undefined) return null;
  return { id, label, detail: kindOf(id), icon: History, isName: true, does: { href } };
}

const KINDS = new Map([
  ['node', 'Node'],
  ['config', 'Pipeline'],
  ['config-elo', 'Elo'],
  ['config-events', 'Events'],
  ['model', 'Model'],
  ['run', 'Training run'],
  ['type-events', 'Events'],
  ['type', 'Catalogue'],
]);

function kindOf(id: string): string {
  return KINDS.get(id.slice(0, id.indexOf(':'))) ?? '';
}
