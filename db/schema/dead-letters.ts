import { sql } from 'drizzle-orm';
import { index, integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** What could not become an event, or could not be handled: kept with its reason until someone retries or discards it. */
export const deadLetters = sqliteTable(
  'dead_letters',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    kind: text('kind', { enum: ['row', 'handler'] }).notNull(),
    reason: text('reason').notNull(),
    content: text('content').notNull(),
    eventType: text('event_type'),
    eventId: text('event_id'),
    source: text('source').notNull(),
    reference: text('reference'),
    at: real('at').notNull(),
    status: text('status', { enum: ['open', 'retried', 'discarded'] })
      .notNull()
      .default('open'),
  },
  (table) => [
    index('dead_letters_status').on(table.status, table.id),
    // A bad row of a log has an id derived from the row: reading the file again does not repeat its letter.
    uniqueIndex('dead_letters_row')
      .on(table.eventId)
      .where(sql`kind = 'row'`),
  ],
);
