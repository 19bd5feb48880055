/** How many events an export will hold. */
export interface ExportTotal {
  readonly events: number;
  /** False: estimated, since there are too many to count one by one. */
  readonly exact: boolean;
}

/** What an answer to an export says of its number of events; null where it says nothing. */
export function totalOf(headers: { get(name: string): string | null }): ExportTotal | null {
  const [exact, about] = [headers.get('ringside-total'), headers.get('ringside-total-about')];
  if (exact !== null) return { events: Number(exact), exact: true };
  return about === null ? null : { events: Number(about), exact: false };
}
