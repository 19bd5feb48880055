import { NAV_ITEMS } from '../nav/nav-items';

/** What a key press asks for. `waiting`: `g` was pressed, a letter is expected. */
export type Shortcut =
  | { readonly kind: 'none' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'help' }
  | { readonly kind: 'panel'; readonly step: 1 | -1 }
  | { readonly kind: 'go'; readonly href: string };

/** `waiting`: whether `g` came just before. */
export function shortcutFor(key: string, waiting: boolean): Shortcut {
  if (waiting) {
    const item = NAV_ITEMS.find((each) => each.letter === key);
    return item === undefined ? { kind: 'none' } : { kind: 'go', href: item.href };
  }
  if (key === 'g') return { kind: 'waiting' };
  if (key === 'n' || key === 'b') return { kind: 'panel', step: key === 'n' ? 1 : -1 };
  return key === '?' ? { kind: 'help' } : { kind: 'none' };
}

/** Ctrl K, or ⌘ K on a Mac, and nothing else held down. */
export function isPaletteKey(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): boolean {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  return key.toLowerCase() === 'k' && ctrlKey !== metaKey && !altKey && !shiftKey;
}
