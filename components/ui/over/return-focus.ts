/** So long a control may yet go with what it was for, once its dialog has closed. */
const GOES_MS = 5_000;

/**
 * Remembers what has the focus, for when a modal closes: the answer gives it back, or, where that is gone or goes soon after,
 * gives it to the nearest part around it that is still there, so that the next Tab goes on from the same place.
 */
export function rememberFocus(): () => void {
  if (typeof document === 'undefined') return () => undefined;
  const way: (Element | null)[] = [];
  for (let at = document.activeElement; at !== null && at !== document.body; at = at.parentElement)
    way.push(at);
  return () => giveTo([...way, document.getElementById('main')]);
}

/** The focus goes to the first of these that takes it. */
function giveTo(places: readonly (Element | null)[]): void {
  const at = places.findIndex((each) => each instanceof HTMLElement && each.isConnected && takesFocus(each));
  const place = places[at];
  if (place != null) whenGone(place, () => giveTo(places.slice(at + 1)));
}

/** Runs `then` if the place is taken away while it has the focus, as an action does with the button that asked for it. */
function whenGone(place: Element, then: () => void): void {
  const stop = (): void => {
    observer.disconnect();
    document.removeEventListener('focusin', stop);
    clearTimeout(timer);
  };
  const observer = new MutationObserver(() => {
    if (place.isConnected) return;
    stop();
    if (document.activeElement === document.body) then();
  });
  observer.observe(document.body, { childList: true, subtree: true });
  document.addEventListener('focusin', stop);
  const timer = setTimeout(stop, GOES_MS);
}

function takesFocus(place: HTMLElement): boolean {
  place.focus({ preventScroll: true });
  if (document.activeElement === place) return true;
  if (place.hasAttribute('tabindex') || place.matches('button, input, select, textarea, a')) return false;
  // A place to go on from and no control: it is neither marked nor ever reached by Tab.
  place.tabIndex = -1;
  place.style.outline = 'none';
  place.focus({ preventScroll: true });
  const forget = (): void => {
    place.removeAttribute('tabindex');
    place.style.outline = '';
  };
  if (document.activeElement === place) place.addEventListener('blur', forget, { once: true });
  else forget();
  return document.activeElement === place;
}
