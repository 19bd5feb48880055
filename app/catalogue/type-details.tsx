import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { ComposeLink } from '@/app/_actions/request/compose-link';
import { useTRPC } from '@/app/_client/queries/trpc';
import { formatDuration, formatPlural } from '@/components/ui/format';
import { Skeleton } from '@/components/ui/panel/skeleton';
import { Spark } from '@/components/ui/values/spark';
import type { TypeEntity } from '@/domain/projections/traffic';
import type { Awaited, CatalogueEntry, PlaceInLifecycle } from './entries';
import { Example } from './example';
import { Fields } from './fields';

const DOCUMENTED: Readonly<Record<CatalogueEntry['documented'], string>> = {
  full: 'Documented field by field.',
  key_fields: 'Key fields are documented, the others expected.',
  expected: 'Undocumented: the fields are what is expected.',
};

/** All that is known of a type: fields with their drift, names, components, lifecycle, and an example from this history. */
export function TypeDetails({
  id,
  type,
  entry,
  traffic,
}: {
  id: string;
  type: string;
  entry: CatalogueEntry | null;
  traffic: TypeEntity | undefined;
}) {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.pages.catalogue.detail.queryOptions({ type }));
  return (
    <div id={id} className="grid min-w-0 gap-x-8 gap-y-4 px-3 pt-1 pb-4 text-xs lg:grid-cols-2 lg:pl-10">
      <div className="flex min-w-0 flex-col gap-3">
        {entry?.forms.map((fields, index) => (
          <Fields key={index} fields={fields} keyFields={entry.keyFields} drift={data?.drift ?? null} />
        ))}
        {entry !== null && <p className="text-faint">{DOCUMENTED[entry.documented]}</p>}
        {entry !== null && <Facts entry={entry} />}
        {entry !== null && (
          <div>
            <ComposeLink what={{ type }} label="Send one…" />
          </div>
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-3">
        {traffic !== undefined && (
          <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-dim">
            {data?.day != null && (
              <Spark values={data.day} width={180} height={24} label="Events per 10 minutes, last 24 h" />
            )}
            <span>last 24 h in steps of 10 min</span>
            <Link
              href={`/events?type=${encodeURIComponent(type)}`}
              prefetch={false}
              className="text-accent hover:underline"
            >
              All {formatPlural(traffic.count, 'event')}
            </Link>
            {traffic.duplicates > 0 && <span>{formatPlural(traffic.duplicates, 'repetition')}</span>}
          </p>
        )}
        {error !== null && <p className="text-bad">The example cannot be read right now: {error.message}</p>}
        {error === null && data === undefined && <Skeleton className="h-24" />}
        {data !== undefined && <Example example={data.example} />}
      </div>
    </div>
  );
}

function Facts({ entry }: { entry: CatalogueEntry }) {
  return (
    <dl className="flex flex-col gap-1.5">
      <Fact name="On the data bus">{entry.dataValue}</Fact>
      <Fact name="On the stage bus">{entry.stageValue}</Fact>
      <Fact name="Also called">
        {entry.aliases.length === 0
          ? null
          : entry.aliases.map(({ name, from }, index) => (
              <span key={name}>
                {index > 0 && ', '}
                {name} <span className="font-sans text-faint">({from})</span>
              </span>
            ))}
      </Fact>
      <Fact name="Sent by">{entry.producers.join(', ') || null}</Fact>
      <Fact name="Acted on by">{entry.consumers.join(', ') || null}</Fact>
      <Fact name="Emit function">{entry.emit.join(', ') || null}</Fact>
      {entry.places.map((place) => (
        <Fact key={place.lifecycle} name="Lifecycle">
          <span className="font-sans">{placeInWords(place)}</span>
        </Fact>
      ))}
      {entry.awaits.map((each) => (
        <Fact key={each.what} name="Waits for">
          <span className="font-sans">{awaitedInWords(each)}</span>
        </Fact>
      ))}
    </dl>
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

const ROLES: Readonly<Record<PlaceInLifecycle['role'], string>> = {
  start: 'opens it',
  progress: 'keeps it going',
  end: 'ends it',
  failure: 'ends it as failed',
};

/** e.g. `Training: in progress; keeps it going; comes after started or in progress`. */
export function placeInWords({ lifecycle, step, role, after }: PlaceInLifecycle): string {
  const parts = [`${lifecycle}: ${step}`, ROLES[role]];
  if (after.length > 0) parts.push(`comes after ${after.join(' or ')}`);
  return parts.join('; ');
}

/** e.g. `the training to complete or fail; overdue after 6 h while too few are known to tell what is usual`. */
export function awaitedInWords({ what, limit }: Awaited): string {
  return `${what}; overdue after ${formatDuration(limit)} while too few are known to tell what is usual`;
}
