import type { TypeTrafficEntity } from '@/domain/realtime/entities';
import { Badge } from '../ui/badge';
import { CategoryLabel } from '../ui/category-label';
import { Empty } from '../ui/empty';
import { EventTypeName } from '../ui/event-type-name';
import { formatCount, formatPercent } from '../ui/format';
import { Table, Td, Th, Tr } from '../ui/table';
import { EventLink } from './event-link';

/** Traffic by event type: how much, how often repeated, how far from the catalogue, and the newest. */
export function TypesTable({ types, label }: { types: readonly TypeTrafficEntity[]; label: string }) {
  if (types.length === 0) return <Empty title="No such event yet" />;
  return (
    <Table label={label}>
      <thead>
        <tr>
          <Th>Type</Th>
          <Th>Category</Th>
          <Th className="text-right">Events</Th>
          <Th className="text-right">Duplicates</Th>
          <Th className="text-right">Drifted</Th>
          <Th>Last</Th>
        </tr>
      </thead>
      <tbody>
        {types.map((type) => (
          <Tr key={type.event_type}>
            <Td>
              <span className="flex items-center gap-2">
                <EventTypeName type={type.event_type} />
                {!type.catalogued && (
                  <Badge tone="warn" shape>
                    uncatalogued
                  </Badge>
                )}
              </span>
            </Td>
            <Td className="whitespace-nowrap">
              <CategoryLabel category={type.category} />
            </Td>
            <Td className="text-right">{formatCount(type.count)}</Td>
            <Td className="text-right">{formatCount(type.duplicates)}</Td>
            <Td className="text-right">{drift(type)}</Td>
            <Td className="whitespace-nowrap">
              <EventLink event={type.last} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function drift({ drifted, count }: TypeTrafficEntity): string {
  return drifted === 0 ? '0' : `${formatCount(drifted)} (${formatPercent(drifted / Math.max(1, count))})`;
}
