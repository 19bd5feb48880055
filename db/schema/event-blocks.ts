import { blob, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * What facets and histograms count, column by column, for each full window of 4,096 seqs: about 15 bytes an event, read
 * a hundred times faster than the events themselves. Derived: a row that is missing is made again from `events`.
 * The columns stand in the order in which a count needs them; most counts never read the later ones.
 */
export const eventBlocks = sqliteTable('event_blocks', {
  block: integer('block').primaryKey(),
  events: integer('events').notNull(),
  /** Least and greatest timestamp; null in a block without events. */
  firstAt: real('first_at'),
  lastAt: real('last_at'),
  /** JSON: per dimension its values and how many events have each. */
  names: text('names').notNull(),
  /** Per dimension the index of each event's value: nothing for one value, a byte for up to 256, else two. */
  codes: blob('codes', { mode: 'buffer' }).notNull(),
  /** Timestamps as doubles; NaN where no event has the seq. */
  times: blob('times', { mode: 'buffer' }).notNull(),
});
