import { formatCount } from '@/components/ui/format';
import { StatusDot } from '@/components/ui/signs/status-dot';
import type { Tone } from '@/components/ui/signs/tone';
import type { Evidence } from '@/server/api/actions/evidence';
import type { NodeChange } from '@/server/api/actions/nodes-change';

const LOOK: Readonly<Record<NodeChange['change'], { tone: Tone; label: string; says: string }>> = {
  gets: { tone: 'busy', label: 'gets it', says: 'to receive it' },
  has: { tone: 'ok', label: 'has it', says: 'with it already' },
  later: {
    tone: 'warn',
    label: 'offline: when it is back',
    says: 'offline for now',
  },
};

/** What would change on which nodes; the sums are always in view, the nodes on demand. */
export function NodeChanges({ evidence: { nodes, nodes_total: total, coming } }: { evidence: Evidence }) {
  if (nodes.length === 0) return <p className="text-xs text-dim">No node of the cluster is known.</p>;
  const sums = (['gets', 'has', 'later'] as const).flatMap((change) => {
    const count = nodes.filter((node) => node.change === change).length;
    return count === 0 ? [] : [`${formatCount(count)} ${LOOK[change].says}`];
  });
  return (
    <details className="rounded border text-xs">
      <summary className="cursor-pointer px-3 py-1.5">
        <span className="font-medium">Nodes:</span> {sums.join(', ')}
        {total > nodes.length && ` (of the first ${formatCount(nodes.length)} of ${formatCount(total)})`}
      </summary>
      <ul className="grid max-h-48 grid-cols-1 gap-x-4 gap-y-0.5 overflow-auto border-t px-3 py-1.5 sm:grid-cols-2">
        {nodes.map(({ node, change, going }) => (
          <li key={node} className="flex min-w-0 items-baseline gap-2">
            <span className="min-w-0 truncate font-mono" title={node}>
              {node}
            </span>
            <span className="ml-auto whitespace-nowrap text-dim" title={holdsNow(going, coming.model_id)}>
              <StatusDot tone={LOOK[change].tone} label={LOOK[change].label} />
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function holdsNow(going: NodeChange['going'], coming: string): string {
  return going === null
    ? `Nothing is known of the champion on this node; ${coming} is sent there`
    : `The champion there: ${going}`;
}
