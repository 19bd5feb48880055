import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * How many events retention has removed, per minute, hour and day of event time: what is left of them, so that a chart over
 * a long range stays whole. `unit` is the width in seconds (60, 3,600, 86,400), `bucket` its start in epoch seconds.
 */
export const removedCounts = sqliteTable(
  'removed_counts',
  {
    unit: integer('unit').notNull(),
    bucket: integer('bucket').notNull(),
    eventType: text('event_type').notNull(),
    category: text('category').notNull(),
    events: integer('events').notNull(),
  },
  (table) => [primaryKey({ columns: [table.unit, table.bucket, table.eventType, table.category] })],
);
