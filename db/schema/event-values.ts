import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Paths of payload fields whose values are kept column by column, as JSON lists of keys; rows of `event_values` name them by number. */
export const valuePaths = sqliteTable('value_paths', {
  id: integer('id').primaryKey(),
  path: text('path').notNull().unique(),
});

/**
 * The values of one path in a stripe of 16,384 seqs (layout: server/history/values). The id is the path's number times 2^20
 * plus the stripe, so that the columns of a path lie side by side. Derived, as are stripes: what is missing is made again.
 */
export const eventValues = sqliteTable('event_values', {
  id: integer('id').primaryKey(),
  data: blob('data', { mode: 'buffer' }).notNull(),
});

/** Stripes whose values are stored. */
export const valueStripes = sqliteTable('value_stripes', {
  stripe: integer('stripe').primaryKey(),
  /** JSON: the numbers of the paths that have a column. */
  paths: text('paths').notNull(),
  /** Hashes, four bytes each, of the paths that occur without a column; null where there are too many. */
  omitted: blob('omitted', { mode: 'buffer' }),
});
