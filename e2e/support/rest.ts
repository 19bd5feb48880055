export interface RestEvent {
  readonly event_id: string;
  readonly seq: number;
  readonly event_type: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly source: string;
  readonly timestamp: number;
}

interface RestPage {
  readonly events: readonly RestEvent[];
  readonly next_cursor: string | null;
  readonly total: number;
}

async function pageOf(url: string, query: string): Promise<RestPage> {
  return (await (await fetch(`${url}/api/events?${query}`)).json()) as RestPage;
}

/** How many events history has, or has that match. */
export async function totalOf(url: string, query = ''): Promise<number> {
  return (await pageOf(url, `limit=1${query}`)).total;
}

/** The oldest event that matches. */
export async function firstOf(url: string, query: string): Promise<RestEvent | undefined> {
  return (await pageOf(url, `order=asc&limit=1${query}`)).events[0];
}

/** Every event that matches, oldest first, page by page. */
export async function allEvents(url: string, query = ''): Promise<RestEvent[]> {
  const all: RestEvent[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = await pageOf(url, `order=asc&limit=1000${query}${from}`);
    all.push(...page.events);
    cursor = page.next_cursor;
  }
  return all;
}
