'use client';

import { useTopic } from '@/app/_client/live-provider';
import { EventLink } from '@/components/live/event-link';
import { sorted } from '@/components/live/rows';
import { TypesTable } from '@/components/live/types-table';
import { Empty } from '@/components/ui/empty';
import { EventTypeName } from '@/components/ui/event-type-name';
import { formatCount, formatHourly } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel';
import { Spark } from '@/components/ui/spark';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import type { FlowStepEntity, TypeTrafficEntity } from '@/domain/realtime/entities';

const CATEGORIES = new Set(['quality', 'parity']);

export function QualityView() {
  const steps = useTopic<FlowStepEntity>('flows.steps');
  const types = useTopic<TypeTrafficEntity>('traffic.types');
  const loop = [...steps.values()].filter((step) => step.flow === 'quality');
  const rows = sorted(types, (a, b) => b.count - a.count).filter((type) => CATEGORIES.has(type.category));
  return (
    <>
      <Panel title="Quality loop" hint="steps in the order of the loop" flush>
        {loop.length === 0 ? (
          <Empty title="The loop has not run yet">It begins with a score, QUALITY_SCORE_UPDATED.</Empty>
        ) : (
          <StepsTable steps={loop} />
        )}
      </Panel>
      <Panel title="Events about quality and parity" hint="most frequent first" flush>
        <TypesTable types={rows} label="Events about quality and parity" />
      </Panel>
    </>
  );
}

function StepsTable({ steps }: { steps: readonly FlowStepEntity[] }) {
  return (
    <Table label="Quality loop">
      <thead>
        <tr>
          <Th>Step</Th>
          <Th className="text-right">Events</Th>
          <Th className="text-right">Per hour</Th>
          <Th>Last 30 min</Th>
          <Th>Last</Th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <Tr key={step.step}>
            <Td>
              <EventTypeName type={step.step} />
            </Td>
            <Td className="text-right">{formatCount(step.count)}</Td>
            <Td className="text-right">{formatHourly(step.rate_per_hour)}</Td>
            <Td>
              <Spark values={step.spark} label={`${step.step} per minute over 30 minutes`} />
            </Td>
            <Td className="whitespace-nowrap">
              <EventLink event={step.last} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
