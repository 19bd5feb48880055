'use client';

import { useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { countOfKind, formatShare, FAILURE_KINDS } from '@/components/nodes/results/results';
import { resultColumns } from '@/components/nodes/results/results-columns';
import { DataTable } from '@/components/table/data-table';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount, formatPlural } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Segmented } from '@/components/ui/controls/segmented';
import type { ResultRow, Results } from '@/server/api/pages/nodes';
import type { LiveQuery } from '../_client/queries/use-live-query';
import { nodesParams } from './search-params';

const SPANS = [
  { value: '24h', label: '24 h' },
  { value: '7d', label: '7 d' },
] as const;

/** Each node's results beside the others', with the statistics in words. */
export function ResultsPanel({ query, over }: { query: LiveQuery<Results>; over: '24h' | '7d' }) {
  const [, setSearch] = useQueryStates(nodesParams);
  const { data } = query;
  const since = data?.since ?? 0;
  const columns = useMemo(() => resultColumns(since), [since]);
  return (
    <Panel
      title="Results compared"
      hint="whose results fail or deviate from the others’"
      header={
        <Segmented
          label="Compare over"
          value={over}
          options={SPANS}
          onChange={(next) => void setSearch({ over: next })}
        />
      }
      flush
    >
      {data === undefined ? (
        <Empty title={query.error ?? 'Asking…'} />
      ) : (
        <>
          <Verdict data={data} />
          <DataTable
            label="Results of each node"
            rows={data.rows}
            rowKey={nameOf}
            columns={columns}
            initialSort={{ id: 'p', desc: false }}
            filter
            empty={<Empty title="No results yet">They come with selfplay, work, checks and syncs.</Empty>}
          />
        </>
      )}
    </Panel>
  );
}

const nameOf = ({ node }: ResultRow): string => node;

function Verdict({ data }: { data: Results }) {
  const { tests, worse, fleet } = data;
  const said = FAILURE_KINDS.filter((kind) => fleet[kind][0] > 0).map((kind) => {
    const [n, failed] = fleet[kind];
    return `${formatShare(failed / n)} of ${countOfKind(n, kind)}`;
  });
  return (
    <div className="flex flex-col gap-1 border-b px-3 py-2 text-xs text-dim">
      <p>
        <strong className="font-semibold text-fg">
          {tests === 0
            ? 'Nothing could be tested: too few trials.'
            : worse.length === 0
              ? `None of ${formatPlural(tests, 'test')} finds a node worse than the others.`
              : `${formatCount(worse.length)} of ${formatPlural(tests, 'test')} ${worse.length === 1 ? 'finds' : 'find'} a node worse than the others.`}
        </strong>
        {said.length > 0 && ` Failures of the fleet: ${said.join('; ')}.`}
      </p>
      <details>
        <summary className="cursor-pointer text-faint hover:text-fg">How this is tested</summary>
        <p className="max-w-prose pt-1 text-faint">
          Failures: Fisher’s exact test, one-sided, of the node’s failures against those of all other nodes.
          Seconds per game: Welch’s test of their logarithms against the other nodes of the same type, of
          which there must be at least two; it takes for granted that they play the same mix of boards. Tested
          from 20 trials on either side. All p-values are corrected together by Holm’s method, so that with
          any number of nodes the chance of a single false alarm is at most 5 %; ▲ marks what is below.
          Failures are taken to be independent: where they come in bursts, p is too small. Counted in whole
          stretches of 2 h.
        </p>
      </details>
    </div>
  );
}
