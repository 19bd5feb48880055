'use client';

import { useCallback, useState } from 'react';
import { xExtent, type Range } from './frame/extent';
import type { ChartMarker, ChartSeries, ChartWindow } from './types';

export interface WindowProps {
  /** `time`: epoch seconds. */
  readonly xKind: 'time' | 'number';
  /** The part that is shown. With `onWindow` the owner keeps it (in the URL, say); without, the chart does. */
  readonly window?: ChartWindow;
  readonly onWindow?: (window: ChartWindow) => void;
}

/** The zoom: the owner's, or the chart's own when nobody else keeps it. */
export function useWindow(
  { window = null, onWindow, xKind }: WindowProps,
  series: readonly ChartSeries[],
  markers: readonly ChartMarker[],
): [window: ChartWindow, set: (window: Range | null) => void] {
  const [own, setOwn] = useState<ChartWindow>(null);
  const set = useCallback(
    (next: Range | null): void => {
      const tidy = next === null ? null : tidied(next, xKind);
      if (onWindow !== undefined) onWindow(tidy);
      // Its own window never needs to be wider than all there is.
      else setOwn(tidy !== null && covers(tidy, xExtent(series, markers)) ? null : tidy);
    },
    [onWindow, xKind, series, markers],
  );
  return [onWindow === undefined ? own : window, set];
}

/** Whole seconds and at least ten of them: a URL should not hold fifteen digits. */
function tidied([from, to]: Range, xKind: 'time' | 'number'): Range {
  if (xKind === 'number') return [Number(from.toPrecision(8)), Number(to.toPrecision(8))];
  const start = Math.floor(from);
  return [start, Math.max(start + 10, Math.ceil(to))];
}

function covers(window: Range, all: Range | null): boolean {
  return all === null || (window[0] <= all[0] && window[1] >= all[1]);
}
