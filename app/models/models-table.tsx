import { Badge } from '@/components/ui/badge';
import { formatCount, formatFixed, formatPercent, NONE } from '@/components/ui/format';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import { Age } from '@/components/ui/time';
import { MODEL_TONE } from '@/components/ui/tone';
import type { ModelEntity } from '@/domain/realtime/entities';

export function ModelsTable({ models }: { models: readonly ModelEntity[] }) {
  return (
    <Table label="Models">
      <thead>
        <tr>
          <Th>Model</Th>
          <Th>Config</Th>
          <Th>Status</Th>
          <Th className="text-right">Elo</Th>
          <Th className="text-right">Win rate</Th>
          <Th className="text-right">Games</Th>
          <Th className="text-right">Loss, validation</Th>
          <Th className="text-right">Nodes</Th>
          <Th>Last event</Th>
        </tr>
      </thead>
      <tbody>
        {models.map((model) => (
          <Tr key={model.model_id}>
            <Td className="font-mono">{model.model_id}</Td>
            <Td className="font-mono text-dim">{model.config ?? NONE}</Td>
            <Td>
              <Badge tone={MODEL_TONE[model.status]} shape>
                {model.status.replaceAll('_', ' ')}
              </Badge>
            </Td>
            <Td className="text-right">{formatFixed(model.elo)}</Td>
            <Td className="text-right">{formatPercent(model.win_rate)}</Td>
            <Td className="text-right">{formatCount(model.games)}</Td>
            <Td className="text-right">{formatFixed(model.val_loss, 4)}</Td>
            <Td className="text-right" title={model.nodes.join(', ')}>
              {formatCount(model.nodes.length)}
            </Td>
            <Td className="whitespace-nowrap text-dim">
              <Age at={model.updated_at} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
