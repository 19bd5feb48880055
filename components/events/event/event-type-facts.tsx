import Link from 'next/link';
import { Badge } from '@/components/ui/signs/badge';
import type { EventDefinition } from '@/domain/events/catalogue/define';

const DOCUMENTED = {
  full: 'documented field by field',
  key_fields: 'key fields documented',
  expected: 'fields expected, not documented',
} as const;

/** What the catalogue knows of a type; says so when it knows nothing. */
export function EventTypeFacts({
  type,
  definition,
}: {
  type: string;
  definition: EventDefinition | undefined;
}) {
  return (
    <div className="flex min-w-0 flex-col gap-2 text-xs">
      {definition === undefined ? (
        <p className="text-dim">
          The catalogue has no entry for this type. It is stored, searched and counted like any other.
        </p>
      ) : (
        <>
          <p className="text-sm text-fg">{definition.description}</p>
          <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 gap-y-1">
            <Names name="Emitted by" values={definition.producers} />
            <Names name="Acted on by" values={definition.consumers} />
            <Names name="Key fields" values={definition.keyFields} />
          </dl>
          <p>
            <Badge>{DOCUMENTED[definition.documented]}</Badge>
          </p>
        </>
      )}
      <Link
        href={`/events?type=${encodeURIComponent(type)}`}
        prefetch={false}
        className="text-accent hover:underline"
      >
        All events of this type
      </Link>
    </div>
  );
}

function Names({ name, values }: { name: string; values: readonly string[] }) {
  return (
    <>
      <dt className="text-dim">{name}</dt>
      <dd className="min-w-0 font-mono break-words">
        {values.length === 0 ? <span className="font-sans text-faint">none known</span> : values.join(', ')}
      </dd>
    </>
  );
}
