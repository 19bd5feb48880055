import { parseQuery, type QueryNode } from '@/domain/query';

/** Paths of payload fields that stand without a comparison: so they are words, and no event has such a one. */
export function barePaths(query: string): string[] {
  return partsOf(query).flatMap((part) =>
    part.kind === 'text' && part.prefix && /^payload\.\w/.test(part.text) ? [part.text] : [],
  );
}

/** A time of a query that counts back from now, no further than to where nothing has happened any more. */
export interface Late {
  /** As it is written. */
  readonly term: string;
  /** The query without it. */
  readonly rest: string;
  readonly ago: number;
}

/** The span of a query within which nothing can be, because the newest event is older. Times are epoch seconds. */
export function lateSpan(query: string, newest: number | null, now: number): Late | null {
  if (newest === null) return null;
  for (const part of partsOf(query)) {
    if (part.kind !== 'time' || part.operator !== '>=' || !('ago' in part.moment)) continue;
    const { ago } = part.moment;
    if (now - ago <= newest) continue;
    const rest = `${query.slice(0, part.start)} ${query.slice(part.end)}`.replace(/\s+/g, ' ').trim();
    return { term: query.slice(part.start, part.end), rest, ago };
  }
  return null;
}

/** What every match has to pass. */
function partsOf(query: string): readonly QueryNode[] {
  const parsed = parseQuery(query);
  if (!parsed.ok) return [];
  return parsed.node.kind === 'and' ? parsed.node.parts : [parsed.node];
}
