import { formatTime } from '@/components/ui/time/time-format';
import type { EventFilter, FilterList } from '@/domain/realtime/contract';

const NAMES: Readonly<Record<FilterList, string>> = {
  type: 'Type',
  category: 'Category',
  severity: 'Severity',
  config: 'Config',
  node: 'Node',
  source: 'Source',
  model: 'Model',
};

/** A filter in words, a line for each field that filters. */
export function filterWords(filter: EventFilter, zone: string | undefined): [name: string, words: string][] {
  const words: [string, string][] = [];
  if (filter.q !== undefined) words.push(['Query', filter.q]);
  for (const [field, name] of Object.entries(NAMES)) {
    const values = filter[field as FilterList] ?? [];
    if (values.length > 0) words.push([name, values.join(' or ')]);
  }
  if (filter.since !== undefined) words.push(['From', formatTime(filter.since, 'datetime', zone, 0)]);
  if (filter.until !== undefined) words.push(['Up to', formatTime(filter.until, 'datetime', zone, 0)]);
  return words;
}

/** What an export will hold. */
export function FilterWords({ filter, zone }: { filter: EventFilter; zone: string | undefined }) {
  const words = filterWords(filter, zone);
  if (words.length === 0) return <p>Every event in history: nothing is filtered.</p>;
  return (
    <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1">
      {words.map(([name, text]) => (
        <div key={name} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-dim">{name}</dt>
          <dd className="max-h-24 min-w-0 overflow-auto font-mono text-xs leading-5 break-words">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
