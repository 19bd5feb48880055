import { EventLink } from '@/components/live/event-link';
import { Badge } from '@/components/ui/badge';
import { formatCount, formatPercent, formatHourly, NONE } from '@/components/ui/format';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import { Age } from '@/components/ui/time';
import { NODE_TONE } from '@/components/ui/tone';
import type { NodeEntity } from '@/domain/realtime/entities';

export function NodesTable({ nodes }: { nodes: readonly NodeEntity[] }) {
  return (
    <Table label="Nodes">
      <thead>
        <tr>
          <Th>Node</Th>
          <Th>Status</Th>
          <Th>Since</Th>
          <Th>Type, GPU</Th>
          <Th className="text-right">Health</Th>
          <Th className="text-right">CPU</Th>
          <Th className="text-right">GPU</Th>
          <Th className="text-right">Memory</Th>
          <Th className="text-right">Games/h</Th>
          <Th className="text-right">Events</Th>
          <Th>Last seen</Th>
          <Th>Remarks</Th>
        </tr>
      </thead>
      <tbody>
        {nodes.map((node) => (
          <Tr key={node.node}>
            <Td className="max-w-36 truncate font-mono sm:max-w-56" title={node.node}>
              {node.node}
            </Td>
            <Td>
              <Badge tone={NODE_TONE[node.status]} shape>
                {node.status}
              </Badge>
            </Td>
            <Td className="whitespace-nowrap">
              <EventLink event={node.status_event} />
            </Td>
            <Td className="whitespace-nowrap text-dim">{kind(node)}</Td>
            <Td className="text-right whitespace-nowrap">{formatPercent(node.health_score)}</Td>
            <Td className="text-right whitespace-nowrap">{formatPercent(node.cpu_util)}</Td>
            <Td className="text-right whitespace-nowrap">{formatPercent(node.gpu_util)}</Td>
            <Td className="text-right whitespace-nowrap">{formatPercent(node.memory_util)}</Td>
            <Td className="text-right whitespace-nowrap">{formatHourly(node.games_per_hour)}</Td>
            <Td className="text-right whitespace-nowrap">{formatCount(node.events)}</Td>
            <Td className="whitespace-nowrap text-dim">
              <Age at={node.last_seen} />
            </Td>
            <Td className="min-w-40">
              <Remarks node={node} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function kind(node: NodeEntity): string {
  return [node.host_type, node.gpu].filter((part) => part !== null).join(', ') || NONE;
}

function Remarks({ node }: { node: NodeEntity }) {
  const { contradiction, backpressure, issues } = node;
  if (contradiction === null && backpressure === null && issues.length === 0) {
    return <span className="text-faint">{NONE}</span>;
  }
  return (
    <ul className="flex flex-col gap-0.5">
      {contradiction !== null && (
        <li>
          <Badge tone="warn" shape className="mr-1">
            contradiction
          </Badge>
          <EventLink event={contradiction.event}>{contradiction.message}</EventLink>
        </li>
      )}
      {backpressure !== null && <li className="text-warn">Backpressure: {backpressure}</li>}
      {issues.map((issue) => (
        <li key={issue} className="text-dim">
          {issue}
        </li>
      ))}
    </ul>
  );
}
