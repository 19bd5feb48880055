'use client';

import { useTopic } from '@/app/_client/live-provider';
import { sorted } from '@/components/live/rows';
import { Empty } from '@/components/ui/empty';
import { formatFixed, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel';
import { Spark } from '@/components/ui/spark';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import { Age } from '@/components/ui/time';
import type { ConfigEntity } from '@/domain/realtime/entities';

export function EloView() {
  const configs = useTopic<ConfigEntity>('models.configs');
  const rows = sorted(configs, (a, b) => (b.elo ?? -Infinity) - (a.elo ?? -Infinity) || 0);
  return (
    <Panel title="Elo by config" hint="strongest first" flush>
      {rows.length === 0 ? (
        <Empty title="No rating yet">
          One appears with the first ELO_UPDATED or EVALUATION_COMPLETED that names its config.
        </Empty>
      ) : (
        <EloTable rows={rows} />
      )}
    </Panel>
  );
}

function EloTable({ rows }: { rows: readonly ConfigEntity[] }) {
  return (
    <Table label="Elo by config">
      <thead>
        <tr>
          <Th>Config</Th>
          <Th className="text-right">Current Elo</Th>
          <Th>Model</Th>
          <Th>Rated</Th>
          <Th className="text-right">Best Elo</Th>
          <Th>Best model</Th>
          <Th className="text-right">Below best</Th>
          <Th>Elo trend</Th>
          <Th>Champion</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Tr key={row.config}>
            <Td className="font-mono">{row.config}</Td>
            <Td className="text-right text-sm font-semibold">{formatFixed(row.elo)}</Td>
            <Td className="font-mono text-dim">{row.elo_model ?? NONE}</Td>
            <Td className="whitespace-nowrap text-dim">
              {row.elo_at === null ? NONE : <Age at={row.elo_at} />}
            </Td>
            <Td className="text-right">{formatFixed(row.best_elo)}</Td>
            <Td className="font-mono text-dim">{row.best_model ?? NONE}</Td>
            <Td className="text-right">{belowBest(row)}</Td>
            <Td>
              <Spark
                values={row.elo_spark.map(([, elo]) => elo)}
                zeroBased={false}
                width={144}
                label={`Elo of ${row.config}, ${row.elo_spark.length} points`}
              />
            </Td>
            <Td className="font-mono">{row.champion ?? NONE}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function belowBest({ elo, best_elo: best }: ConfigEntity): string {
  return elo === null || best === null ? NONE : formatFixed(best - elo);
}
