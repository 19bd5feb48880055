/** Whether this browser tells of new problems: `blocked` and `absent` are the browser's word, not ours. */
export type Telling = 'off' | 'on' | 'blocked' | 'absent';

const KEY = 'ringside-notify';
const listeners = new Set<() => void>();

export function listenTelling(listener: () => void): () => void {
  listeners.add(listener);
  // Another tab of ours changed it.
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/** Browsers tell of nothing on pages that came over plain HTTP from another machine, nor on Android without more of an app. */
export function telling(): Telling {
  if (!('Notification' in window) || !window.isSecureContext || /Android/.test(navigator.userAgent))
    return 'absent';
  if (Notification.permission === 'denied') return 'blocked';
  return Notification.permission === 'granted' && isWished() ? 'on' : 'off';
}

/** Asks the browser where it has not decided yet. */
export async function wishTelling(on: boolean): Promise<void> {
  if (on && Notification.permission === 'default') await Notification.requestPermission();
  try {
    if (on) localStorage.setItem(KEY, 'on');
    else localStorage.removeItem(KEY);
  } catch {
    // Full or forbidden: a wish that cannot be kept is not fulfilled, and the button shows it.
  }
  for (const listener of listeners) listener();
}

function isWished(): boolean {
  try {
    return localStorage.getItem(KEY) === 'on';
  } catch {
    return false;
  }
}
