import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { viewer } from '@/app/_access/guard';
import { normaliseEventType } from '@/domain/events';
import { toWire } from '@/domain/events/envelope';
import { askedFilter } from '@/server/api/events/events';
import { services } from '@/server/services';
import { DENSITY_COOKIE, readDensity } from './look-params';
import { filterOf, loadEventSearch } from './search-params';
import { EventsView } from './view';

export const metadata: Metadata = { title: 'Events' };

const FIRST_PAINT = 100;

type Query = Record<string, string | string[] | undefined>;

export default async function EventsPage({ searchParams }: { searchParams: Promise<Query> }) {
  await viewer();
  const query = await searchParams;
  const search = loadEventSearch(query);
  const types = search.type?.map(normaliseEventType);
  if (types && types.join() !== search.type?.join()) redirect(`/events?${withTypes(query, types)}`);

  const filter = filterOf(search);
  const { history, newest } = services();
  // The browser asks for them as soon as it has the page.
  history.expectCounts();
  const start = await newest(askedFilter(filter), FIRST_PAINT);
  const selected = search.selected === null ? null : await history.byId(search.selected);
  return (
    <EventsView
      startFilter={filter}
      start={{ ...start, more: start.scannedTo !== null || start.rows.length >= FIRST_PAINT }}
      selected={selected && toWire(selected)}
      density={readDensity((await cookies()).get(DENSITY_COOKIE)?.value)}
    />
  );
}

/** The same address with canonical names, where it had a wire value or a legacy name. */
function withTypes(query: Query, types: readonly string[]): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (name === 'type') continue;
    for (const each of [value ?? []].flat()) params.append(name, each);
  }
  for (const type of types) params.append('type', type);
  return params.toString();
}
