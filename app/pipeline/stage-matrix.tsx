import { EventLink } from '@/components/live/event-link';
import { Elapsed } from '@/components/ui/elapsed';
import { formatCount, formatRate, humanise, NONE } from '@/components/ui/format';
import { StatusDot } from '@/components/ui/status-dot';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import type { StageEntity } from '@/domain/realtime/entities';
import { STAGES } from '@/domain/realtime/entities';

type Stages = ReadonlyMap<string, StageEntity>;

/** A config per row, a stage per column, and the sums over all configs on top. */
export function StageMatrix({
  configs,
  stages,
  cells,
}: {
  configs: readonly string[];
  stages: Stages;
  cells: Stages;
}) {
  return (
    <Table label="Stages by config">
      <thead>
        <tr>
          <Th>Config</Th>
          {STAGES.map((stage) => (
            <Th key={stage}>{humanise(stage)}</Th>
          ))}
        </tr>
      </thead>
      <tbody>
        <Tr className="bg-raised/50 align-top">
          <Td className="font-medium">All configs</Td>
          {STAGES.map((stage) => (
            <Td key={stage}>
              <Cell stage={stages.get(stage)} />
            </Td>
          ))}
        </Tr>
        {configs.map((config) => (
          <Tr key={config} className="align-top">
            <Td className="font-mono">{config}</Td>
            {STAGES.map((stage) => (
              <Td key={stage}>
                <Cell stage={cells.get(`${config}|${stage}`)} />
              </Td>
            ))}
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function Cell({ stage }: { stage: StageEntity | undefined }) {
  if (stage === undefined) return <span className="text-faint">{NONE}</span>;
  return (
    <div className="flex min-w-24 flex-col whitespace-nowrap">
      <span>
        <span className="text-sm font-semibold">{formatCount(stage.count)}</span>{' '}
        <span className="text-faint">{formatRate(stage.rate_per_hour)}/h</span>
      </span>
      <EventLink event={stage.last} className="self-start text-2xs" />
      {stage.in_progress > 0 && (
        <span className="flex items-center gap-1 text-2xs text-accent">
          <StatusDot tone="busy" label={`${stage.in_progress} running`} />
          {stage.in_progress_since !== null && <Elapsed at={stage.in_progress_since} />}
        </span>
      )}
      {stage.failed > 0 && (
        <EventLink event={stage.last_failure} className="self-start text-2xs">
          <StatusDot tone="bad" label={`${formatCount(stage.failed)} failed`} />
        </EventLink>
      )}
    </div>
  );
}
