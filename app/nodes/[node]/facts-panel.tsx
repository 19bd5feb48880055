'use client';

import { SeqLink } from '@/components/nodes/node-link';
import { formatAvailability, sayKnown } from '@/components/nodes/availability';
import { FLAPPING, STATUS_MEANING } from '@/components/nodes/status';
import { StatusWord } from '@/components/nodes/status-shape';
import { Badge } from '@/components/ui/signs/badge';
import { Elapsed } from '@/components/ui/time/elapsed';
import { formatCount, formatHourly, formatPercent, formatPlural, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Stat } from '@/components/ui/panel/stat';
import { Age, Time } from '@/components/ui/time/time';
import type { NodeDetailAnswer } from '@/server/api/pages/nodes';

const WINDOWS = [
  ['1 h', 3_600],
  ['24 h', 86_400],
  ['7 d', 604_800],
] as const;

/** What the node is and how it is, in figures. */
export function FactsPanel({ data, leads }: { data: NodeDetailAnswer; leads: boolean }) {
  const { document: node, availability } = data;
  const kind = [...new Set([node.host_type, node.gpu])].filter((part) => part !== null).join(', ');
  return (
    <Panel
      title="Now"
      hint={kind === '' ? 'type not said yet' : kind}
      header={leads && <Badge tone="busy">leads the cluster</Badge>}
    >
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-6">
        <Stat
          label="Status"
          value={<StatusWord status={node.status} />}
          hint={
            node.status_since === null ? (
              STATUS_MEANING[node.status]
            ) : (
              <SeqLink seq={node.status_event?.seq ?? null}>
                for <Elapsed at={node.status_since} />
              </SeqLink>
            )
          }
        />
        <Stat
          label="Health"
          value={formatPercent(node.health_score)}
          hint="score of the last check that said one"
        />
        <Stat
          label="CPU, GPU, memory"
          value={
            // The last of the three is not cut where a line is too short for all.
            <span className="whitespace-normal">
              {[node.cpu_util, node.gpu_util, node.memory_util]
                .map((share) => formatPercent(share).replace(' ', '\u00a0'))
                .join(' · ')}
            </span>
          }
          hint="utilisation as last reported"
        />
        <Stat
          label="Selfplay"
          value={formatHourly(node.games_per_hour)}
          unit="games/h"
          hint="in the last 60 min"
        />
        <Stat
          label="Last seen"
          value={data.last_seen === 0 ? NONE : <Age at={data.last_seen} />}
          hint={
            data.first_seen === null ? (
              'it gave no sign of life itself'
            ) : (
              <>
                first <Time at={data.first_seen} />
              </>
            )
          }
        />
        <Stat
          label="Changes of state"
          value={formatCount(data.transitions)}
          unit="in the last hour"
          hint={data.transitions >= FLAPPING ? 'it flaps' : `flapping from ${FLAPPING} on`}
        />
        {WINDOWS.map(([name, seconds], index) => (
          <Stat
            key={name}
            label={`Up in the last ${name}`}
            value={formatAvailability(availability[index])}
            hint={sayKnown(availability[index] ?? [null, 0], seconds)}
          />
        ))}
        <Stat label="Backpressure" value={node.backpressure ?? 'none'} hint="as last reported" />
        <Stat label="Events" value={formatCount(node.events)} hint="about it, since history began" />
        <Stat
          label="Under way"
          value={formatPlural(data.duties.length, 'task')}
          hint={node.work.join(', ') || 'nothing'}
        />
      </div>
      <Remarks data={data} />
    </Panel>
  );
}

function Remarks({ data: { document: node } }: { data: NodeDetailAnswer }) {
  if (node.contradiction === null && node.offline_reason === null && node.issues.length === 0) return null;
  return (
    <ul className="mt-3 flex flex-col gap-1 border-t pt-2 text-xs [overflow-wrap:anywhere]">
      {node.contradiction !== null && (
        <li>
          <Badge tone="bad" shape className="mr-1">
            contradiction
          </Badge>
          <SeqLink seq={node.contradiction.event.seq}>{node.contradiction.message}</SeqLink>
        </li>
      )}
      {node.offline_reason !== null && (
        <li>
          <Badge tone="bad" shape className="mr-1">
            offline
          </Badge>
          {node.offline_reason}
        </li>
      )}
      {node.issues.map((issue) => (
        <li key={issue}>
          <Badge tone="warn" shape className="mr-1">
            issue
          </Badge>
          {issue}
        </li>
      ))}
    </ul>
  );
}
