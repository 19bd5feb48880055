'use client';

import { useEffect, useEffectEvent } from 'react';
import { answerKeys } from '../shell/keys/answered-keys';
import type { KeyHandlers } from '../shell/keys/page-keys';

/** After `g` the shell waits this long for the letter of a page; that letter is not ours. */
const SEQUENCE_MS = 1_200;

const FIELDS = 'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="listbox"]';
const PRESSABLE = 'button, a, summary, [role="tab"], [role="menuitem"]';

/** True when the keys belong to a field or an open dialog, or when a modifier makes them the browser's. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  return event.target instanceof Element && event.target.closest(FIELDS) !== null;
}

/** Enter presses what has the focus; only elsewhere is it ours. */
function presses(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && event.target instanceof Element && event.target.closest(PRESSABLE) !== null;
}

/**
 * Keys of a page, wherever no field has the focus. The map goes from `KeyboardEvent.key` to what to do; a function
 * that returns false leaves the key to the browser. Keys come from the table of `shell/page-keys.ts`, so that the help
 * can say what they do.
 */
export function useKeys(keys: KeyHandlers): void {
  const answered = Object.keys(keys).join('\n');
  useEffect(() => answerKeys(answered.split('\n')), [answered]);
  const press = useEffectEvent((key: string): boolean => {
    const run = Object.hasOwn(keys, key) ? keys[key as keyof KeyHandlers] : undefined;
    return run !== undefined && run() !== false;
  });
  useEffect(() => {
    let sequenceUntil = 0;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (isTaken(event)) return;
      const inSequence = event.timeStamp < sequenceUntil;
      sequenceUntil = event.key === 'g' && !inSequence ? event.timeStamp + SEQUENCE_MS : 0;
      if (!inSequence && !presses(event) && press(event.key)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
