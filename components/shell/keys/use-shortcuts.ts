'use client';

import { useEffect, useEffectEvent } from 'react';
import { addressFrom } from '../nav/nav-items';
import { focusPanel } from './panels';
import type { Shortcut } from './shortcuts';
import { isPaletteKey, shortcutFor } from './shortcuts';
import { useGo } from '../../ui/go';

/** After `g`, the letter must follow within this time. */
const SEQUENCE_MS = 1_200;

/** True when the keys belong to what has the focus: a field, or a dialog that is open. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  const target = event.target instanceof Element ? event.target : null;
  return target?.closest('input, textarea, select, [contenteditable="true"], [role="dialog"]') != null;
}

export interface ShortcutDoors {
  readonly onHelp: () => void;
  readonly onPalette: () => void;
  /** The modifier of the palette's key went down. */
  readonly onMayPalette: () => void;
}

/** `g` and a letter goes to a page, `n` and `b` to a panel, `?` shows the help, Ctrl K or ⌘ K the palette, in fields as well. */
export function useShortcuts({ onHelp, onPalette, onMayPalette }: ShortcutDoors): void {
  const go = useGo();
  const run = useEffectEvent((shortcut: Shortcut): boolean => {
    if (shortcut.kind === 'panel') return focusPanel(shortcut.step);
    if (shortcut.kind === 'go') go(addressFrom(location, shortcut.href));
    if (shortcut.kind === 'help') onHelp();
    return shortcut.kind === 'go' || shortcut.kind === 'help';
  });
  const palette = useEffectEvent(onPalette);
  const mayPalette = useEffectEvent(onMayPalette);
  useEffect(() => {
    let waitingUntil = 0;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Control' || event.key === 'Meta') mayPalette();
      if (isPaletteKey(event)) {
        // In browsers this is the address bar or a search.
        event.preventDefault();
        palette();
        return;
      }
      if (isTaken(event) || event.key === 'Shift') return;
      const shortcut = shortcutFor(event.key, event.timeStamp < waitingUntil);
      waitingUntil = shortcut.kind === 'waiting' ? event.timeStamp + SEQUENCE_MS : 0;
      if (run(shortcut)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
