'use client';

import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import { useEventTime } from '@/app/_client/live/live-provider';
import { useTRPC } from '@/app/_client/queries/trpc';
import { Button } from '@/components/ui/controls/button';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Segmented } from '@/components/ui/controls/segmented';
import { Select } from '@/components/ui/controls/select';
import type { DurationRow } from '@/server/api/pages/pipeline/durations';
import type { RunRow, RunsAnswer } from '@/server/api/pages/pipeline/runs';
import { RunsTable } from './runs-table';
import { RUN_STATUSES, type PipelineSearch } from '../search-params';
import { Waterfall, WaterfallKey } from './waterfall';

type Shown = Pick<PipelineSearch, 'runs' | 'status' | 'run'>;

const MOST = 200;

/** Runs from selfplay to distribution, as a waterfall or as figures. */
export const RunsPanel = memo(function RunsPanel({
  answer,
  durations,
  search,
  onSearch,
  onMore,
}: {
  answer: RunsAnswer;
  durations: ReadonlyMap<string | null, DurationRow>;
  search: Shown;
  onSearch: (change: Partial<Shown>) => void;
  onMore: () => void;
}) {
  const now = useEventTime();
  const runs = useWithPicked(answer.runs, search.run);
  return (
    <Panel
      title="Runs"
      hint={`${formatCount(answer.runs.length)} of ${formatCount(answer.total)}, those under way first`}
      header={<Controls search={search} onSearch={onSearch} />}
      flush
    >
      {runs.length === 0 ? (
        <Empty title="No run in this stretch">A run begins with a TRAINING_THRESHOLD_REACHED.</Empty>
      ) : search.runs === 'table' ? (
        <RunsTable runs={runs} />
      ) : (
        <Waterfall
          runs={runs}
          now={now}
          durations={durations}
          open={search.run}
          onOpen={(run) => onSearch({ run })}
        />
      )}
      {answer.runs.length < Math.min(answer.total, MOST) && (
        <div className="border-t px-3 py-1.5">
          <Button onClick={onMore}>Show more runs</Button>
        </div>
      )}
      {search.runs === 'waterfall' && runs.length > 0 && <WaterfallKey />}
    </Panel>
  );
});

/** The runs shown, with the one that the URL names in front where it is not among them. */
function useWithPicked(runs: readonly RunRow[], picked: string | null): readonly RunRow[] {
  const trpc = useTRPC();
  const missing = picked !== null && !runs.some(({ run_id }) => run_id === picked);
  const query = useQuery({
    ...trpc.pages.pipeline.run.queryOptions({ run_id: picked ?? '' }),
    enabled: missing,
  });
  return missing && query.data ? [query.data, ...runs] : runs;
}

function Controls({ search, onSearch }: { search: Shown; onSearch: (change: Partial<Shown>) => void }) {
  return (
    <>
      <Select
        aria-label="Status of the runs"
        value={search.status ?? ''}
        onChange={(event) =>
          onSearch({ status: RUN_STATUSES.find((each) => each === event.target.value) ?? null })
        }
      >
        <option value="">All runs</option>
        {RUN_STATUSES.map((status) => (
          <option key={status} value={status}>
            {status.replaceAll('_', ' ')}
          </option>
        ))}
      </Select>
      <Segmented
        label="Runs as"
        value={search.runs}
        options={VIEWS}
        onChange={(runs) => onSearch({ runs })}
      />
    </>
  );
}

const VIEWS = [
  { value: 'waterfall', label: 'Waterfall' },
  { value: 'table', label: 'Table' },
] as const;
