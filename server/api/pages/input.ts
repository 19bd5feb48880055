import * as z from 'zod';

/** What pages of figures ask by: configs (none: all) and a stretch of event time in epoch seconds (null: no limit). */
export const pageInput = z.strictObject({
  configs: z.array(z.string().max(200)).max(50).default([]),
  since: z.number().nullable().default(null),
  until: z.number().nullable().default(null),
});
export type PageInput = z.infer<typeof pageInput>;

/** Whether a moment lies in the stretch asked for. */
export function within(t: number, { since, until }: PageInput): boolean {
  return (since === null || t >= since) && (until === null || t <= until);
}

/** Whether a config is among those asked for. */
export function wants(config: string | null, { configs }: PageInput): boolean {
  return configs.length === 0 || (config !== null && configs.includes(config));
}
