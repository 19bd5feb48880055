/** Panels of a page, which `n` and `b` go through: some pages have hundreds of controls on the way with Tab. */
const PANELS = 'section[aria-labelledby], section[aria-label], [role="search"]';

/** Where a panel lies to the focus: before it, around it (or it has it itself), or after it. */
export type Place = 'before' | 'around' | 'itself' | 'after';

/**
 * The index of the panel to go to, `step` 1 or -1; null where there is none. Backwards leads to the beginning of
 * the panel that one is in, first.
 */
export function nextPanel(places: readonly Place[], step: 1 | -1): number | null {
  const at = places.findLastIndex((place) => place !== 'after');
  const index = step === -1 && places[at] !== 'itself' ? at : at + step;
  return index >= 0 && index < places.length ? index : null;
}

/** Gives the next or the prior panel of the page the focus; false where there is none. */
export function focusPanel(step: 1 | -1): boolean {
  const main = document.getElementById('main');
  const panels = [...(main?.querySelectorAll<HTMLElement>(PANELS) ?? [])].filter((panel) =>
    panel.checkVisibility(),
  );
  const index = nextPanel(
    panels.map((panel) => placeOf(panel, document.activeElement, main)),
    step,
  );
  const panel = index === null ? undefined : panels[index];
  if (panel === undefined) return false;
  if (!panel.hasAttribute('tabindex')) panel.tabIndex = -1;
  panel.focus({ preventScroll: true });
  panel.scrollIntoView({ block: 'start' });
  return true;
}

function placeOf(panel: Element, focused: Element | null, main: Element | null): Place {
  if (panel === focused) return 'itself';
  // Outside of the page one stands before all of it.
  if (focused === null || main === null || focused === main || !main.contains(focused)) return 'after';
  if (panel.contains(focused)) return 'around';
  return panel.compareDocumentPosition(focused) & Node.DOCUMENT_POSITION_FOLLOWING ? 'before' : 'after';
}
