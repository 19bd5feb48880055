'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent } from 'react';
import { shortcutFor } from './shortcuts';

/** After `g`, the letter must follow within this time. */
const SEQUENCE_MS = 1_200;

/** True when the keys belong to what has the focus: a field, or a dialog that is open. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  const target = event.target instanceof Element ? event.target : null;
  return target?.closest('input, textarea, select, [contenteditable="true"], [role="dialog"]') != null;
}

/** `g` and a letter goes to a page, `?` shows the help. */
export function useShortcuts(onHelp: () => void): void {
  const router = useRouter();
  const go = useEffectEvent((href: string) => router.push(href));
  const help = useEffectEvent(onHelp);
  useEffect(() => {
    let waitingUntil = 0;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (isTaken(event) || event.key === 'Shift') return;
      const shortcut = shortcutFor(event.key, event.timeStamp < waitingUntil);
      waitingUntil = shortcut.kind === 'waiting' ? event.timeStamp + SEQUENCE_MS : 0;
      if (shortcut.kind === 'go') go(shortcut.href);
      if (shortcut.kind === 'help') help();
      if (shortcut.kind === 'go' || shortcut.kind === 'help') event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
