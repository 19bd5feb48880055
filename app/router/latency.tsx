import { formatCount, formatFixed, formatPlural } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Table, Td, Th, Tr } from '@/components/ui/panel/table';
import type { RouterReport } from '@/server/live/runtime/router-report';

const STEPS: readonly (readonly [keyof RouterReport['latency'], string, string])[] = [
  ['commit', 'Commit', 'one transaction of history, on disk'],
  ['durable', 'Durable', 'from acceptance until it is committed, waiting included'],
  ['delivery', 'Delivery', 'from committed until live state, buses and subscribers have it'],
  ['total', 'In all', 'from acceptance until delivered'],
];

/** How long events take through the router, step by step. */
export function LatencyPanel({ report }: { report: RouterReport }) {
  const { latency, waiting, duplicate_memory: memory } = report;
  const idle = latency.total.p50 === null;
  return (
    <Panel title="Latency" hint="of the last 1,024 batches, in ms" flush>
      <Table label="Latency">
        <thead>
          <tr>
            <Th>Step</Th>
            <Th className="text-right">p50</Th>
            <Th className="text-right">p95</Th>
            <Th className="text-right">p99</Th>
          </tr>
        </thead>
        <tbody>
          {STEPS.map(([key, name, meaning]) => (
            <Tr key={key}>
              <Td>
                <span className="font-medium">{name}</span> <span className="text-faint">{meaning}</span>
              </Td>
              {(['p50', 'p95', 'p99'] as const).map((p) => (
                <Td key={p} className="text-right whitespace-nowrap">
                  {formatFixed(latency[key][p], 2)}
                </Td>
              ))}
            </Tr>
          ))}
        </tbody>
      </Table>
      <p className="px-3 py-2 text-xs text-faint">
        {idle && 'No event has passed since this server started. '}
        Waiting for their commit: {formatPlural(waiting.in_flight, 'event')}; for a busy handler:{' '}
        {formatCount(waiting.queued)}. Remembered to recognise repetitions:{' '}
        {formatPlural(memory.size, 'content')}
        {memory.evicted_early > 0 && `; ${formatCount(memory.evicted_early)} had to be forgotten early`}.
      </p>
    </Panel>
  );
}
