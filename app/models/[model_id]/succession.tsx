import { EventLink } from '@/components/live/event-link';
import { ModelLink } from '@/components/models/model-link';
import { Badge } from '@/components/ui/signs/badge';
import { Elapsed } from '@/components/ui/time/elapsed';
import { Empty } from '@/components/ui/panel/empty';
import { formatDuration } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Table, Td, Th, Tr } from '@/components/ui/panel/table';
import { Time } from '@/components/ui/time/time';
import type { ReignSpan } from '@/domain/projections/models';
import type { ModelLife } from '@/server/api/pages/models/life';

/** When it was champion, whom it replaced and who replaced it. */
export function Succession({ life }: { life: ModelLife }) {
  return (
    <Panel title="Succession" hint="its times as champion" flush>
      {life.reigns.length === 0 ? (
        <Empty title="Never champion">It becomes champion with a MODEL_PROMOTED that names it.</Empty>
      ) : (
        <Table label="Times as champion">
          <thead>
            <tr>
              <Th>Replaced</Th>
              <Th>Champion from</Th>
              <Th>For</Th>
              <Th>Replaced by</Th>
              <Th>How it ended</Th>
            </tr>
          </thead>
          <tbody>
            {life.reigns.map((reign) => (
              <ReignRow key={reign.began.seq} reign={reign} />
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}

function ReignRow({ reign }: { reign: ReignSpan }) {
  return (
    <Tr>
      <Td>
        {reign.replaced === null ? (
          <span className="text-faint">unknown: the first that history knows</span>
        ) : (
          <ModelLink id={reign.replaced} />
        )}
      </Td>
      <Td className="whitespace-nowrap">
        <EventLink event={reign.began}>
          <Time at={reign.since} />
        </EventLink>
        {reign.returned && <Badge className="ml-1.5">came back</Badge>}
      </Td>
      <Td className="whitespace-nowrap">
        {reign.until === null ? <Elapsed at={reign.since} /> : formatDuration(reign.until - reign.since)}
      </Td>
      <Td>
        <ModelLink id={reign.successor} />
      </Td>
      <Td className="whitespace-nowrap">
        {reign.ended === null ? (
          <Badge tone="ok" shape>
            champion now
          </Badge>
        ) : (
          <>
            <Badge tone={reign.rolled_back ? 'bad' : 'off'} shape>
              {reign.rolled_back ? 'rolled back' : 'succeeded'}
            </Badge>{' '}
            <EventLink event={reign.ended}>
              <Time at={reign.ended.timestamp} />
            </EventLink>
          </>
        )}
      </Td>
    </Tr>
  );
}
