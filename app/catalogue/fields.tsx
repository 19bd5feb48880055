import { EventLink } from '@/components/live/event-link';
import { Badge } from '@/components/ui/signs/badge';
import { formatCount } from '@/components/ui/format';
import type { FieldInfo } from '@/domain/events/catalogue/fields';
import type { DriftField, TypeDrift } from '@/domain/projections/traffic';

/** One form of a payload, field by field, with how events of this history differ from it. */
export function Fields({
  fields,
  keyFields,
  drift,
}: {
  fields: readonly FieldInfo[];
  keyFields: readonly string[];
  drift: TypeDrift | null;
}) {
  const of = (name: string): DriftField | undefined => drift?.fields.find(({ path }) => path === name);
  const stray = drift?.fields.filter(({ kind }) => kind === 'unexpected') ?? [];
  return (
    <table className="w-full border-collapse text-left">
      <thead className="sr-only">
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Type</th>
          <th scope="col">Note</th>
          <th scope="col">Drift</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ name, type, required, hint }) => (
          <tr key={name} className="border-b">
            <td className="min-w-28 py-0.5 pr-3 align-top font-mono [overflow-wrap:anywhere]">
              {keyFields.includes(name) ? <strong className="font-semibold">{name}</strong> : name}
            </td>
            <td className="py-0.5 pr-3 align-top text-dim sm:whitespace-nowrap">
              {type}
              {!required && ', optional'}
            </td>
            <td className="py-0.5 pr-3 align-top text-faint">{hint}</td>
            <DriftCell field={of(name)} />
          </tr>
        ))}
        {stray.map((field) => (
          <tr key={field.path} className="border-b bg-warn-soft/40">
            <td className="min-w-28 py-0.5 pr-3 align-top font-mono [overflow-wrap:anywhere]">
              {field.path}
            </td>
            <td className="py-0.5 pr-3 align-top text-dim" colSpan={2}>
              not documented, yet sent
            </td>
            <DriftCell field={field} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DriftCell({ field }: { field: DriftField | undefined }) {
  if (field === undefined) return <td />;
  return (
    <td className="py-0.5 text-right align-top text-dim sm:whitespace-nowrap">
      {field.kind !== 'unexpected' && (
        <>
          <Badge dense tone="warn" shape title={field.message}>
            {field.kind === 'missing' ? 'missing' : 'other type'}
          </Badge>{' '}
        </>
      )}
      {formatCount(field.count)}×, last <EventLink event={field.last} />
    </td>
  );
}
