'use client';

import { Check } from 'lucide-react';
import { memo, useMemo, type ReactNode } from 'react';
import { AskButton } from '@/app/_actions/request/ask-button';
import { ConfigTable } from '@/components/overview/config-table';
import { KeyFigures } from '@/components/overview/key-figures';
import { ProblemList } from '@/components/overview/problem-list';
import { RunList } from '@/components/overview/run-list';
import { activeRuns, bestRated, byConfig, isSeen, worstFirst } from '@/components/overview/selectors';
import { PROBLEMS_ANCHOR } from '@/components/shell/open-problems';
import { Panel } from '@/components/ui/panel/panel';
import { useWide } from '@/components/ui/panel/wide';
import type { NodesSummary } from '@/domain/projections';
import type {
  ClusterEntity,
  ConfigEntity,
  ProblemEntity,
  RouterStatusEntity,
  RunEntity,
  TrafficEntity,
} from '@/domain/realtime/entities';
import { NotifyButton } from '../_client/notify/notify-button';
import { LIST_MS, useEntity, useServerFigure, useTopic } from '../_client/live/live-provider';

const NO_SPARK: readonly number[] = [];
const NO_NODES: NodesSummary = { total: 0, up: 0, stale: 0, impaired: 0, pressed: 0 };
/**
 * Lists scroll inside their panel, so that a hundred problems do not push the rest of the page away. The height ends
 * in the middle of a line, which shows that there is more.
 */
const LIST = 'max-h-84';

interface Lists {
  readonly configs: ReadonlyMap<string, ConfigEntity>;
  readonly problems: readonly ProblemEntity[];
  readonly runs: readonly RunEntity[];
}

/**
 * The figures, what stands beneath them, and the lists that they count: of one moment, so that they never disagree. Where
 * not all of it fits into a window what is wrong comes first, and stays there when nothing is: nothing below jumps.
 */
export function FiguresAndLists({ between }: { between: ReactNode }) {
  const configs = useTopic<ConfigEntity>('models.configs', LIST_MS);
  const lists = { configs, problems: useProblems(), runs: useRuns() };
  const wide = useWide();
  return (
    <>
      <Figures {...lists} />
      {wide !== true && <ProblemsPanel problems={lists.problems} className="xl:hidden" anchored={!wide} />}
      {between}
      <div className="grid min-w-0 gap-3 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] xl:grid-cols-[minmax(0,5fr)_minmax(0,4fr)_minmax(0,3fr)]">
        <ConfigsPanel configs={configs} />
        {wide !== false && (
          <ProblemsPanel problems={lists.problems} className="max-xl:hidden" anchored={wide === true} />
        )}
        <RunsPanel runs={lists.runs} />
      </div>
    </>
  );
}

function useProblems(): readonly ProblemEntity[] {
  const problems = useTopic<ProblemEntity>('problems.open', LIST_MS);
  return useMemo(() => worstFirst(problems.values()), [problems]);
}

function useRuns(): readonly RunEntity[] {
  const runs = useTopic<RunEntity>('pipeline.runs', LIST_MS);
  return useMemo(() => activeRuns(runs.values()), [runs]);
}

function Figures({ configs, problems, runs }: Lists) {
  const perSecond = useServerFigure((status) => status.events_per_second);
  const traffic = useEntity<TrafficEntity>('traffic.total', 'all');
  const router = useEntity<RouterStatusEntity>('router.status', 'router');
  const nodes = useEntity<NodesSummary>('nodes.summary', 'all');
  return (
    <KeyFigures
      eventsPerSecond={perSecond}
      rateSpark={router?.spark ?? NO_SPARK}
      events={traffic?.events ?? 0}
      types={traffic?.types ?? 0}
      nodes={nodes ?? NO_NODES}
      cluster={useEntity<ClusterEntity>('nodes.cluster', 'cluster')}
      best={useMemo(() => bestRated(configs.values()), [configs])}
      runs={runs}
      problems={problems}
    />
  );
}

const ConfigsPanel = memo(function ConfigsPanel({ configs }: Pick<Lists, 'configs'>) {
  const sorted = useMemo(() => byConfig(configs.values()), [configs]);
  return (
    <Panel title="Champions" flush scrolls bodyClassName={`@container ${LIST}`}>
      <ConfigTable configs={sorted} />
    </Panel>
  );
});

const acknowledge = (problem: ProblemEntity) => (
  <AskButton
    inRow
    offered={!isSeen(problem)}
    kind="problems.acknowledge"
    preset={{ problem_id: problem.id }}
    label={`Acknowledge: ${problem.title}…`}
  >
    <Check className="size-3.5" aria-hidden />
  </AskButton>
);

const ProblemsPanel = memo(function ProblemsPanel({
  problems,
  className,
  anchored,
}: Pick<Lists, 'problems'> & {
  className: string;
  /** It is the one that the figure leads to: until the window's width is known there are two. */
  anchored: boolean;
}) {
  return (
    <Panel
      title="Open problems"
      anchor={anchored ? PROBLEMS_ANCHOR : undefined}
      hint={problems.length > 0 ? `${problems.length}, worst first` : undefined}
      header={<NotifyButton />}
      flush
      scrolls
      className={className}
      bodyClassName={LIST}
    >
      <ProblemList problems={problems} tools={acknowledge} />
    </Panel>
  );
});

const RunsPanel = memo(function RunsPanel({ runs }: Pick<Lists, 'runs'>) {
  return (
    <Panel
      title="Active runs"
      hint={runs.length > 0 ? String(runs.length) : undefined}
      flush
      scrolls
      bodyClassName={LIST}
    >
      <RunList runs={runs} />
    </Panel>
  );
});
