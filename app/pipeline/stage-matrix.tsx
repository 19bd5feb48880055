import { EventLink } from '@/components/live/event-link';
import { Elapsed } from '@/components/ui/elapsed';
import { formatCount, formatHourly, humanise, NONE } from '@/components/ui/format';
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
        <span className="text-faint">{formatHourly(stage.rate_per_hour)}/h</span>
      </span>
      <EventLink event={stage.last} className="self-start text-2xs" />
      <Marks stage={stage} />
    </div>
  );
}

/** What runs, since when, and what failed: one line whether there is any or not, so that rows do not jump. */
function Marks({ stage }: { stage: StageEntity }) {
  const { in_progress: running, in_progress_since: since, failed } = stage;
  return (
    <span className="flex min-h-4 items-baseline gap-2 text-2xs">
      {running > 0 && (
        <span className="flex items-baseline gap-1 text-accent" title={`${formatCount(running)} running`}>
          <StatusDot tone="busy" label={`${formatCount(running)}${since === null ? '' : ','}`} />
          <span className="sr-only">running</span>
          {since !== null && <Elapsed at={since} />}
        </span>
      )}
      {failed > 0 && (
        <EventLink event={stage.last_failure}>
          <StatusDot tone="bad" label={formatCount(failed)} />
          <span className="sr-only"> failed, the last one</span>
        </EventLink>
      )}
    </span>
  );
}

/** The key to the marks. */
export function MarksKey() {
  return (
    <span className="flex items-baseline gap-3 text-xs text-dim">
      <StatusDot tone="busy" label="running, for how long" />
      <StatusDot tone="bad" label="failed" />
    </span>
  );
}
