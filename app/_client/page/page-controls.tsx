'use client';

import { useQueryStates } from 'nuqs';
import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react';
import type { ChartWindow } from '@/components/charts/types';
import { byName } from '@/components/live/rows';
import { Button } from '@/components/ui/controls/button';
import { MultiSelect } from '@/components/ui/multi-select/multi-select';
import { Segmented } from '@/components/ui/controls/segmented';
import { useLiveClient } from '../live/live-provider';
import type { PageInput, PageSearch, RangeId } from './page-search';
import { inputOf, pageSearch, RANGES } from './page-search';

export interface PageSearchState {
  readonly search: PageSearch;
  /** What the page's queries ask by; the same object until it changes. */
  readonly input: PageInput;
  readonly setConfigs: (configs: string[]) => void;
  /** Leaves a stretch picked on a chart. */
  readonly setRange: (range: RangeId) => void;
  /** The stretch picked on a chart, `since` to `until` of the URL; null: all of the range. */
  readonly window: ChartWindow;
  readonly setWindow: (window: ChartWindow) => void;
}

/** The newest event's time to the minute: what relative ranges end at, without rendering every second. */
function useMinute(): number | null {
  const client = useLiveClient();
  const minute = (clock: number | null): number | null =>
    clock === null ? null : Math.floor(clock / 60) * 60;
  return useSyncExternalStore(
    client.listen,
    () => minute(client.status().clock),
    () => minute(client.initialStatus.clock),
  );
}

/** A stretch that is picked so soon after another one goes on from it. */
const ONE_STEP_MS = 1_000;

/** What the URL says of configs and time, and how to change it. */
export function usePageSearch(): PageSearchState {
  const [search, set] = useQueryStates(pageSearch);
  const clock = useMinute();
  const asked = JSON.stringify(inputOf(search, clock));
  const input = useMemo(() => JSON.parse(asked) as PageInput, [asked]);
  const { since, until } = search;
  const window = useMemo<ChartWindow>(
    () => (since === null || until === null ? null : [since, until]),
    [since, until],
  );
  const setConfigs = useCallback((config: string[]) => void set({ config }), [set]);
  const setRange = useCallback((range: RangeId) => void set({ range, since: null, until: null }), [set]);
  const turned = useRef(-Infinity);
  const setWindow = useCallback(
    (next: ChartWindow) => {
      // Many turns of a wheel, or presses of a key, are one step.
      const goesOn = performance.now() - turned.current < ONE_STEP_MS;
      turned.current = performance.now();
      const stretch = { since: next?.[0] ?? null, until: next?.[1] ?? null };
      void set(stretch, { history: goesOn ? 'replace' : 'push' });
    },
    [set],
  );
  return { search, input, setConfigs, setRange, window, setWindow };
}

const LABELS: Readonly<Record<RangeId, string>> = {
  '1h': '1 h',
  '6h': '6 h',
  '24h': '24 h',
  '7d': '7 d',
  '30d': '30 d',
  all: 'All',
};

/** Config filter and stretch of time of a page, both in the URL. `configs`: all there are, in any order. */
export function PageControls({ configs }: { configs: readonly string[] }) {
  const { search, setConfigs, setRange, window, setWindow } = usePageSearch();
  const options = useMemo(() => [...configs].sort(byName).map((value) => ({ value })), [configs]);
  return (
    <div className="contents">
      <MultiSelect label="Config" options={options} value={search.config} onChange={setConfigs} />
      <Segmented
        label="Time range"
        value={window === null ? search.range : null}
        options={RANGES.map((value) => ({ value, label: LABELS[value] }))}
        onChange={setRange}
      />
      {window !== null && (
        <Button variant="active" onClick={() => setWindow(null)} title="Leave the stretch picked on a chart">
          Picked stretch ×
        </Button>
      )}
    </div>
  );
}
