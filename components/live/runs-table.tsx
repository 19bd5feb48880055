import type { RunEntity } from '@/domain/realtime/entities';
import { Badge } from '../ui/badge';
import { Empty } from '../ui/empty';
import { formatDuration, humanise, NONE } from '../ui/format';
import { Elapsed } from '../ui/elapsed';
import { Table, Td, Th, Tr } from '../ui/table';
import { Age } from '../ui/time';
import type { Tone } from '../ui/tone';
import { sorted } from './rows';

const TONES: Readonly<Record<RunEntity['status'], Tone>> = {
  active: 'busy',
  promoted: 'ok',
  rejected: 'warn',
  failed: 'bad',
  rolled_back: 'bad',
  stale: 'off',
};

/** Runs of the pipeline: the active ones first, then the newest. */
export function RunsTable({ runs, limit }: { runs: ReadonlyMap<string, RunEntity>; limit: number }) {
  const rank = (run: RunEntity): number => (run.status === 'active' ? 0 : 1);
  const rows = sorted(runs, (a, b) => rank(a) - rank(b) || b.updated_at - a.updated_at).slice(0, limit);
  if (rows.length === 0)
    return <Empty title="No run yet">A run begins when a training threshold is reached.</Empty>;
  return (
    <Table label="Runs">
      <thead>
        <tr>
          <Th>Run</Th>
          <Th>Config</Th>
          <Th>Status</Th>
          <Th>Stage</Th>
          <Th>Epoch</Th>
          <Th>Model</Th>
          <Th>Node</Th>
          <Th>Took</Th>
          <Th>Last event</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((run) => (
          <Tr key={run.run_id}>
            <Td className="font-mono">{run.run_id}</Td>
            <Td className="font-mono text-dim">{run.config ?? NONE}</Td>
            <Td>
              <Badge tone={TONES[run.status]} shape>
                {run.status.replaceAll('_', ' ')}
              </Badge>
            </Td>
            <Td className="whitespace-nowrap">{humanise(run.stage)}</Td>
            <Td className="whitespace-nowrap">{epoch(run)}</Td>
            <Td className="font-mono text-dim">{run.model_id ?? NONE}</Td>
            <Td className="font-mono text-dim">{run.node ?? NONE}</Td>
            <Td className="whitespace-nowrap">
              {run.status === 'active' ? (
                <Elapsed at={run.started_at} />
              ) : (
                formatDuration(run.updated_at - run.started_at)
              )}
            </Td>
            <Td className="whitespace-nowrap text-dim">
              <Age at={run.updated_at} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function epoch(run: RunEntity): string {
  if (run.epoch === null) return NONE;
  return run.total_epochs === null ? `${run.epoch}` : `${run.epoch} of ${run.total_epochs}`;
}
