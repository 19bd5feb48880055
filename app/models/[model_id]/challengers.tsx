import { EventLink } from '@/components/live/event-link';
import { ModelLink } from '@/components/models/model-link';
import { formatElo } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Table, Td, Th, Tr } from '@/components/ui/panel/table';
import { Time } from '@/components/ui/time/time';
import type { ModelLife } from '@/server/api/pages/models/life';

/** Which later models were measured against it; nothing where none was. */
export function Challengers({ life: { challenges } }: { life: ModelLife }) {
  if (challenges.length === 0) return null;
  return (
    <Panel title="Measured against it" hint="evaluations with it as an opponent, newest first" flush>
      <div className="max-h-80 overflow-y-auto">
        <Table label="Models measured against it">
          <thead>
            <tr>
              <Th>Model</Th>
              <Th className="text-right">Its Elo</Th>
              <Th>Evaluated</Th>
            </tr>
          </thead>
          <tbody>
            {challenges.map((challenge) => (
              <Tr key={challenge.event.seq}>
                <Td>
                  <ModelLink id={challenge.model_id} />
                </Td>
                <Td className="text-right">{formatElo(challenge.elo)}</Td>
                <Td>
                  <EventLink event={challenge.event}>
                    <Time at={challenge.at} />
                  </EventLink>
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      </div>
    </Panel>
  );
}
