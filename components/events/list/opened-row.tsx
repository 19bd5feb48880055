'use client';

import type { ReactNode } from 'react';
import { useLayoutEffect, useRef } from 'react';

/** What stands below the line of a row that is opened in place; it tells its height, which the list makes room for. */
export function OpenedRow({
  seq,
  onHeight,
  children,
}: {
  seq: number;
  onHeight: (seq: number, px: number) => void;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const tell = (): void => onHeight(seq, element.getBoundingClientRect().height);
    tell();
    const observer = new ResizeObserver(tell);
    observer.observe(element);
    return () => observer.disconnect();
  }, [seq, onHeight]);
  return (
    <div ref={box} data-testid="opened-row" className="border-l-2 border-line-strong/60 bg-raised/40">
      <div className="max-h-112 overflow-y-auto px-3 py-2 md:pl-6">{children}</div>
    </div>
  );
}
