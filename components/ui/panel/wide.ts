'use client';

import { useSyncExternalStore } from 'react';

/** As `xl` is in class names. */
const XL = '(width >= 80rem)';

function subscribe(listener: () => void): () => void {
  const media = matchMedia(XL);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

/**
 * Whether the window is at least `xl` wide; null until hydration is over, because the server cannot know. What stands at
 * another place of the page where it is wide is drawn at both meanwhile, each hidden by its class where it does not belong.
 */
export function useWide(): boolean | null {
  return useSyncExternalStore<boolean | null>(
    subscribe,
    () => matchMedia(XL).matches,
    () => null,
  );
}
