'use client';

import { useQueryStates } from 'nuqs';
import { PageControls } from '@/app/_client/page/page-controls';
import { Segmented } from '@/components/ui/controls/segmented';
import { eloParams } from './search-params';

const AXES = [
  { value: 'time', label: 'Time' },
  { value: 'epochs', label: 'Training' },
] as const;

/** Configs, stretch of time, and what the curves are drawn over. */
export function EloControls({ configs }: { configs: readonly string[] }) {
  const [{ axis }, set] = useQueryStates(eloParams);
  return (
    <div className="contents">
      <Segmented
        label="Curves over"
        value={axis}
        options={AXES}
        onChange={(value) => void set({ axis: value })}
      />
      <PageControls configs={configs} />
    </div>
  );
}
