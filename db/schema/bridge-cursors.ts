import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** How far each bridge has read its log and forwarded the outbox; moved in the same transaction as the events it covers. */
export const bridgeCursors = sqliteTable('bridge_cursors', {
  bridge: text('bridge').primaryKey(),
  incarnation: text('incarnation').notNull(),
  readRowId: integer('read_row_id').notNull(),
  forwardedSeq: integer('forwarded_seq').notNull(),
  forwardedRowId: integer('forwarded_row_id').notNull(),
  /** JSON of the bounds of a backlog that is still being read; null when none is. */
  backfill: text('backfill'),
});
