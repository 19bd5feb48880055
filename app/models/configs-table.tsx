import { EventLink } from '@/components/live/event-link';
import { byName, sorted } from '@/components/live/rows';
import { Empty } from '@/components/ui/empty';
import { formatCount, formatFixed, NONE } from '@/components/ui/format';
import { Spark } from '@/components/ui/spark';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import type { ConfigEntity } from '@/domain/realtime/entities';

export function ConfigsTable({ configs }: { configs: ReadonlyMap<string, ConfigEntity> }) {
  const rows = sorted(configs, (a, b) => byName(a.config, b.config));
  if (rows.length === 0)
    return <Empty title="No config yet">One appears with the first event about a board.</Empty>;
  return (
    <Table label="Champions by config">
      <thead>
        <tr>
          <Th>Config</Th>
          <Th>Champion</Th>
          <Th>Since</Th>
          <Th>Previous</Th>
          <Th className="text-right">Elo</Th>
          <Th>Elo trend</Th>
          <Th className="text-right">Promotions</Th>
          <Th className="text-right">Rejections</Th>
          <Th className="text-right">Rollbacks</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Tr key={row.config}>
            <Td className="font-mono">{row.config}</Td>
            <Td className="font-mono font-medium">{row.champion ?? NONE}</Td>
            <Td className="whitespace-nowrap">
              <EventLink event={row.champion_event} />
            </Td>
            <Td className="font-mono text-dim">{row.previous ?? NONE}</Td>
            <Td className="text-right font-medium">{formatFixed(row.elo)}</Td>
            <Td>
              <Spark
                values={row.elo_spark.map(([, elo]) => elo)}
                zeroBased={false}
                label={`Elo of ${row.config}, ${row.elo_spark.length} points`}
              />
            </Td>
            <Td className="text-right">{formatCount(row.promotions)}</Td>
            <Td className="text-right">{formatCount(row.rejections)}</Td>
            <Td className="text-right">{formatCount(row.rollbacks)}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
