'use client';

import { useEffect, useImperativeHandle, useRef, type ReactNode, type Ref } from 'react';
import { cn } from '../cn';

/**
 * A box that its content may scroll sideways in, reachable by keyboard; `label` names it. While more lies to the right
 * its edge is shaded: on most systems nothing else says so.
 */
export function Sideways({
  ref,
  label,
  className,
  style,
  children,
}: {
  ref?: Ref<HTMLDivElement>;
  label: string;
  className?: string;
  style?: { maxHeight: string | undefined };
  children: ReactNode;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => scroller.current as HTMLDivElement, []);
  useEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    const look = (): void => {
      const more = box.scrollWidth - box.clientWidth - box.scrollLeft > 1;
      if (more !== (box.dataset['more'] === 'right')) box.dataset['more'] = more ? 'right' : 'no';
    };
    const observer = new ResizeObserver(look);
    observer.observe(box);
    if (box.firstElementChild !== null) observer.observe(box.firstElementChild);
    box.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', look);
    };
  }, []);
  return (
    <div className="relative flex min-h-0 min-w-0 flex-col">
      <div
        ref={scroller}
        tabIndex={0}
        role="group"
        aria-label={label}
        className={cn('peer relative min-h-0 min-w-0 overscroll-x-contain', className)}
        style={style}
      >
        {children}
      </div>
      <span
        aria-hidden
        className="pointer-events-none absolute inset-y-0 right-0 z-20 hidden w-6 bg-linear-to-r from-transparent to-fg/15 peer-data-[more=right]:block"
      />
    </div>
  );
}
