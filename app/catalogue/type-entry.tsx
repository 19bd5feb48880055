import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { EventLink } from '@/components/live/event-link';
import { cn } from '@/components/ui/cn';
import { EventTypeName } from '@/components/ui/event-type-name';
import { formatCount } from '@/components/ui/format';
import { SeverityIcon } from '@/components/ui/severity-icon';
import type { FieldInfo } from '@/domain/events/fields';
import type { TypeTrafficEntity } from '@/domain/realtime/entities';
import type { CatalogueEntry } from './entries';

const DOCUMENTED: Readonly<Record<CatalogueEntry['documented'], string>> = {
  full: 'documented field by field',
  key_fields: 'key fields documented, the others expected',
  expected: 'undocumented: fields as expected',
};

/** One type: its name, meaning and traffic; opens to its fields and components. */
export function TypeEntry({
  entry,
  traffic,
}: {
  entry: CatalogueEntry;
  traffic: TypeTrafficEntity | undefined;
}) {
  const [open, setOpen] = useState(false);
  const id = `fields-${entry.name}`;
  return (
    <div className={cn('border-b last:border-b-0', open && 'bg-raised/40')}>
      <div className="flex flex-col px-3 hover:bg-raised/60 md:flex-row md:items-center md:gap-3">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          onClick={() => setOpen(!open)}
          className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1 py-2 text-left md:flex-nowrap"
        >
          <ChevronRight className={cn('size-3.5 shrink-0 text-faint', open && 'rotate-90')} aria-hidden />
          <SeverityIcon severity={entry.severity} />
          <EventTypeName type={entry.name} className="md:w-80 md:shrink-0" />
          <span className="min-w-0 basis-full text-xs text-dim md:flex-1 md:basis-0">
            {entry.description}
          </span>
        </button>
        <Seen traffic={traffic} />
      </div>
      {open && <Details id={id} entry={entry} />}
    </div>
  );
}

function Seen({ traffic }: { traffic: TypeTrafficEntity | undefined }) {
  return (
    <span className="shrink-0 pb-2 text-xs whitespace-nowrap text-dim md:pb-0">
      {traffic === undefined ? (
        <span className="text-faint">not seen</span>
      ) : (
        <>
          {formatCount(traffic.count)}, last <EventLink event={traffic.last} />
        </>
      )}
    </span>
  );
}

function Details({ id, entry }: { id: string; entry: CatalogueEntry }) {
  return (
    <div id={id} className="grid gap-x-8 gap-y-3 px-3 pt-1 pb-3 text-xs md:pl-10 lg:grid-cols-2">
      <div className="flex flex-col gap-2">
        {entry.forms.map((fields, index) => (
          <Fields key={index} fields={fields} keyFields={entry.keyFields} />
        ))}
        <p className="text-faint">{DOCUMENTED[entry.documented]}</p>
      </div>
      <dl className="flex flex-col gap-1.5">
        <Fact name="On the data bus">{entry.dataValue}</Fact>
        <Fact name="On the stage bus">{entry.stageValue}</Fact>
        <Fact name="Sent by">{entry.producers.join(', ') || null}</Fact>
        <Fact name="Acted on by">{entry.consumers.join(', ') || null}</Fact>
        <Fact name="Emit function">{entry.emit.join(', ') || null}</Fact>
      </dl>
    </div>
  );
}

function Fields({ fields, keyFields }: { fields: readonly FieldInfo[]; keyFields: readonly string[] }) {
  return (
    <table className="w-full border-collapse text-left">
      <thead className="sr-only">
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Type</th>
          <th scope="col">Note</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field.name} className="border-b last:border-b-0">
            <td className="py-0.5 pr-3 align-top font-mono break-all">
              {keyFields.includes(field.name) ? (
                <strong className="font-semibold">{field.name}</strong>
              ) : (
                field.name
              )}
            </td>
            <td className="py-0.5 pr-3 align-top text-dim">
              {field.type}
              {!field.required && ', optional'}
            </td>
            <td className="py-0.5 align-top text-faint">{field.hint}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (children === null) return null;
  return (
    <div className="flex gap-3">
      <dt className="w-28 shrink-0 text-faint">{name}</dt>
      <dd className="min-w-0 font-mono break-words">{children}</dd>
    </div>
  );
}
