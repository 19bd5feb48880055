import { blob, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** The folded state as of a seq, so that a start need not fold the whole history again. A wrong version is ignored. */
export const stateSnapshots = sqliteTable('state_snapshots', {
  name: text('name').primaryKey(),
  version: text('version').notNull(),
  seq: integer('seq').notNull(),
  takenAt: real('taken_at').notNull(),
  data: blob('data', { mode: 'buffer' }).notNull(),
});
