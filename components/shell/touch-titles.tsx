'use client';

import { useEffect, useState } from 'react';

/** A finger that moves farther scrolls. */
const STILL_PX = 10;
/** So long a finger rests on a button that it asks rather than presses. */
const REST_MS = 500;
const WIDTH = 288;

const PRESSED = 'button, summary, label, select, [role="button"], [role="tab"]';
/** What goes somewhere shows there what its title tells, and has a menu of the browser's own. */
const GOES = 'a[href], input, textarea';

interface Told {
  readonly text: string;
  readonly box: DOMRect;
}

/** The title under a finger, unless the page shows as much already. */
function toldBy(target: Element): Told | null {
  const owner = target.closest('[title]');
  const text = owner?.getAttribute('title')?.trim() ?? '';
  if (owner === null || text === '') return null;
  const cut = [owner, ...owner.querySelectorAll('*')].some(
    (part) => part.scrollWidth > part.clientWidth && getComputedStyle(part).overflowX !== 'visible',
  );
  return !cut && owner.textContent.includes(text) ? null : { text, box: owner.getBoundingClientRect() };
}

/**
 * Titles for fingers, which cannot hover: a tap shows the one of a figure or a time, a rest on a button its own. The next
 * touch, a scroll or a key takes it away.
 */
export function TouchTitles() {
  const [told, setTold] = useState<Told | null>(null);
  useEffect(() => {
    let began: { x: number; y: number; on: Element } | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let swallow = false;
    const forget = (): void => {
      clearTimeout(timer);
      began = null;
    };
    const hide = (): void => {
      forget();
      setTold(null);
    };
    const down = (event: PointerEvent): void => {
      hide();
      swallow = false;
      if (event.pointerType !== 'touch' || !(event.target instanceof Element)) return;
      const on = event.target;
      if (on.closest(GOES) !== null) return;
      began = { x: event.clientX, y: event.clientY, on };
      if (on.closest(PRESSED) === null) return;
      timer = setTimeout(() => {
        const title = toldBy(on);
        forget();
        if (title === null) return;
        swallow = true;
        setTold(title);
      }, REST_MS);
    };
    const move = (event: PointerEvent): void => {
      if (began !== null && Math.hypot(event.clientX - began.x, event.clientY - began.y) > STILL_PX) forget();
    };
    const up = (): void => {
      if (began !== null && began.on.closest(PRESSED) === null) setTold(toldBy(began.on));
      forget();
    };
    // The press that asked what a button does must not do it.
    const click = (event: MouseEvent): void => {
      if (!swallow) return;
      swallow = false;
      event.preventDefault();
      event.stopPropagation();
    };
    const ends = new AbortController();
    const on = { capture: true, passive: true, signal: ends.signal } as const;
    document.addEventListener('pointerdown', down, on);
    document.addEventListener('pointermove', move, on);
    document.addEventListener('pointerup', up, on);
    document.addEventListener('pointercancel', forget, on);
    document.addEventListener('scroll', hide, on);
    document.addEventListener('keydown', hide, on);
    document.addEventListener('click', click, { capture: true, signal: ends.signal });
    return () => {
      forget();
      ends.abort();
    };
  }, []);
  if (told === null) return null;
  const { text, box } = told;
  const above = box.top > 96;
  return (
    // Read aloud a title is part of what it stands on.
    <div
      aria-hidden
      data-testid="touch-title"
      className="pointer-events-none fixed z-60 flex animate-appear justify-center"
      style={{
        width: WIDTH,
        left: `clamp(8px, ${box.left + box.width / 2 - WIDTH / 2}px, 100vw - ${WIDTH + 8}px)`,
        ...(above ? { bottom: `calc(100dvh - ${box.top - 6}px)` } : { top: box.bottom + 6 }),
      }}
    >
      <span className="rounded border border-line-strong bg-surface px-2 py-1.5 text-xs break-words shadow-float">
        {text}
      </span>
    </div>
  );
}
