import type { ExportFormat } from '@/domain/export';
import { quoted } from '@/domain/query';
import { FILTER_LISTS, type EventFilter } from '@/domain/realtime/contract';

/** Where everything that matches a page's filter can be fetched as a file. */
export function exportUrl(filter: EventFilter, format: ExportFormat, order: 'asc' | 'desc'): string {
  const params = new URLSearchParams({ format, order });
  // A parameter is cut at its commas, so names that hold one are asked for in the query language.
  const terms = filter.q === undefined ? [] : [`(${filter.q})`];
  for (const name of FILTER_LISTS) {
    const values = filter[name] ?? [];
    if (values.some((value) => value.includes(','))) terms.push(`${name}:${values.map(quoted).join(',')}`);
    else for (const value of values) params.append(name, value);
  }
  if (terms.length > 0) params.set('q', terms.length === 1 ? (filter.q ?? terms[0] ?? '') : terms.join(' '));
  if (filter.since !== undefined) params.set('since', String(filter.since));
  if (filter.until !== undefined) params.set('until', String(filter.until));
  return `/api/events/export?${params.toString()}`;
}

/** A name that tells exports apart; `now` in milliseconds. */
export function exportName(format: ExportFormat, now: number): string {
  return `ringside-events-${new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')}Z.${format}`;
}
