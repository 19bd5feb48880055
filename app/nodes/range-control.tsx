'use client';

import { Button } from '@/components/ui/controls/button';
import { Segmented } from '@/components/ui/controls/segmented';
import { usePageSearch } from '../_client/page/page-controls';
import type { RangeId } from '../_client/page/page-search';

const OPTIONS: readonly { value: RangeId; label: string }[] = [
  { value: '1h', label: '1 h' },
  { value: '6h', label: '6 h' },
  { value: '24h', label: '24 h' },
  { value: '7d', label: '7 d' },
];

/** The stretch of time of bands and charts, in the URL. The state of nodes is kept for seven days, so that is all. */
export function RangeControl() {
  const { search, setRange, window, setWindow } = usePageSearch();
  const range = OPTIONS.some(({ value }) => value === search.range) ? search.range : '7d';
  return (
    <div className="flex flex-wrap items-center gap-2">
      {window !== null && (
        <Button variant="active" onClick={() => setWindow(null)} title="Leave the stretch picked on a chart">
          Picked stretch ×
        </Button>
      )}
      <Segmented
        label="Time range"
        value={window === null ? range : null}
        options={OPTIONS}
        onChange={setRange}
      />
    </div>
  );
}
