'use client';

import { useTopic } from '@/app/_client/live/live-provider';
import { byName } from '@/components/live/rows';
import { Elapsed } from '@/components/ui/time/elapsed';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount, NONE } from '@/components/ui/format';
import { Table, Td, Th, Tr } from '@/components/ui/panel/table';
import type { BandEntity, WorkTypeEntity } from '@/domain/projections/work/entities';

/** Most urgent first; the words of the projection. */
const BANDS = ['75 and above', '50 to 74', '25 to 49', 'below 25', 'none given'] as const;

/** Of more types only those of which something waits. */
const ALWAYS_SHOWN = 8;

/** What waits, a type per row and a band of priorities per column. */
export function PriorityMatrix() {
  const types = [...useTopic<WorkTypeEntity>('work.types').values()];
  // All types, also those of which nothing waits: else the page below would jump with each piece that comes and goes.
  const shown = types.length <= ALWAYS_SHOWN ? types : types.filter(({ bands }) => bands.length > 0);
  if (shown.length === 0)
    return <Empty title="Nothing waits">All work that came in is claimed or ended.</Empty>;
  return (
    <Table label="Waiting work by type and priority">
      <thead>
        <tr>
          <Th>Type</Th>
          {BANDS.map((band) => (
            <Th key={band} className="text-right">
              {band === 'none given' ? 'No priority' : `Priority ${band}`}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown
          .sort((a, b) => byName(a.work_type, b.work_type))
          .map(({ work_type: type, bands }) => (
            <Tr key={type}>
              <Td className="font-mono">{type}</Td>
              {BANDS.map((band) => (
                <Td key={band} className="text-right whitespace-nowrap">
                  <Cell band={bands.find((each) => each.band === band)} />
                </Td>
              ))}
            </Tr>
          ))}
      </tbody>
    </Table>
  );
}

function Cell({ band }: { band: BandEntity | undefined }) {
  if (band === undefined) return <span className="text-faint">{NONE}</span>;
  return (
    <>
      <span className="font-semibold">{formatCount(band.waiting)}</span>
      {band.oldest !== null && (
        <span className="text-faint">
          {' '}
          · <Elapsed at={band.oldest} />
        </span>
      )}
    </>
  );
}
