import { PROBLEMS_ANCHOR } from '@/components/shell/open-problems';
import { formatCount, formatElo, formatPlural, formatRate } from '@/components/ui/format';
import { Spark } from '@/components/ui/values/spark';
import { ToneShape } from '@/components/ui/signs/status-dot';
import { SEVERITY_TONE } from '@/components/ui/signs/tone';
import type { NodesSummary } from '@/domain/projections/nodes/summary';
import type { ClusterEntity, ConfigEntity, ProblemEntity, RunEntity } from '@/domain/realtime/entities';
import { Figure } from './figure';
import { isSeen, nodesHint } from './selectors';

/** Where the page lists what the figure counts. */

export interface KeyFiguresProps {
  readonly eventsPerSecond: number;
  readonly rateSpark: readonly number[];
  readonly events: number;
  readonly types: number;
  readonly nodes: NodesSummary;
  readonly cluster: ClusterEntity | undefined;
  readonly best: ConfigEntity | undefined;
  readonly runs: readonly RunEntity[];
  /** Worst first. */
  readonly problems: readonly ProblemEntity[];
}

/** The figures that an operator looks at first, each a way to the page that explains it. */
export function KeyFigures({
  eventsPerSecond,
  rateSpark,
  events,
  types,
  nodes,
  cluster,
  best,
  runs,
  problems,
}: KeyFiguresProps) {
  return (
    <div className="grid grid-cols-2 gap-2 sm:grid-cols-3 xl:grid-cols-6">
      <Figure
        href="/events"
        label="Events"
        value={formatRate(eventsPerSecond)}
        unit="/s"
        hint={`${formatCount(events)} in all, ${formatPlural(types, 'type')}`}
        aside={
          <Spark
            values={rateSpark}
            width={56}
            label="Events per second, last minute"
            className="hidden sm:block xl:hidden 2xl:block"
          />
        }
      />
      <Figure
        href="/nodes"
        label="Nodes up"
        value={formatCount(nodes.up)}
        unit={`of ${formatCount(nodes.total)}`}
        hint={nodesHint(nodes)}
      />
      <Figure href="/nodes" label="Leader" value={cluster?.leader ?? '–'} hint={quorumHint(cluster)} />
      <Figure
        href="/elo"
        label="Highest Elo now"
        value={formatElo(best?.elo ?? null)}
        hint={bestHint(best)}
      />
      <Figure href="/pipeline" label="Active runs" value={formatCount(runs.length)} hint={runsHint(runs)} />
      <ProblemsFigure problems={problems} />
    </div>
  );
}

/** The rating is that of the model rated last, which need not be the champion. */
function bestHint(best: ConfigEntity | undefined): string {
  return best === undefined ? 'no rating yet' : (best.elo_model ?? best.champion ?? best.config);
}

function quorumHint(cluster: ClusterEntity | undefined): string {
  if (!cluster || cluster.quorum === null) return 'quorum not reported';
  const peers =
    cluster.alive_peers === null ? '' : `, ${cluster.alive_peers} of ${cluster.total_peers ?? '?'} peers`;
  return `${cluster.quorum ? 'quorum' : 'quorum lost'}${peers}`;
}

function runsHint(runs: readonly RunEntity[]): string {
  const configs = new Set(runs.map((run) => run.config ?? '?'));
  return runs.length === 0 ? 'none under way' : `in ${formatPlural(configs.size, 'config')}`;
}

function ProblemsFigure({ problems }: { problems: readonly ProblemEntity[] }) {
  const unseen = problems.filter((problem) => !isSeen(problem));
  const worst = unseen[0];
  const seen = problems.length - unseen.length;
  return (
    <Figure
      href={`#${PROBLEMS_ANCHOR}`}
      label="Open problems"
      value={formatCount(unseen.length)}
      hint={[
        worst === undefined ? 'nothing needs you' : `worst: ${worst.severity}`,
        ...(seen === 0 ? [] : [`${formatCount(seen)} acknowledged`]),
      ].join(', ')}
      aside={
        <ToneShape tone={worst === undefined ? 'ok' : SEVERITY_TONE[worst.severity]} className="size-4" />
      }
    />
  );
}
