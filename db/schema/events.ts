import { sql } from 'drizzle-orm';
import { blob, index, integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/**
 * One row per event, in the order of commit. Ids and hashes are stored as bytes: at ten million rows their text form
 * would cost a gigabyte. The full-text index `events_fts` (contentless, keyed by `seq`) is created in a migration,
 * because drizzle has no notion of virtual tables. It also serves the filters by
 * type, category, source, node, config and model: seven b-trees beside it would cost more than the row itself.
 */
export const events = sqliteTable(
  'events',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    eventId: blob('event_id', { mode: 'buffer' }).notNull(),
    eventType: text('event_type').notNull(),
    wireType: text('wire_type'),
    payload: text('payload').notNull(),
    source: text('source').notNull(),
    hostname: text('hostname').notNull(),
    origin: text('origin').notNull(),
    timestamp: real('timestamp').notNull(),
    receivedAt: real('received_at').notNull(),
    contentHash: blob('content_hash', { mode: 'buffer' }).notNull(),
    correlationId: text('correlation_id'),
    parentEventId: text('parent_event_id'),
    duplicateOf: blob('duplicate_of', { mode: 'buffer' }),
    queueEventId: integer('queue_event_id'),
    idempotencyKey: text('idempotency_key'),
    outbound: integer('outbound').notNull(),
    category: text('category').notNull(),
    severity: text('severity').notNull(),
    config: text('config'),
    node: text('node'),
    model: text('model'),
    drift: text('drift'),
  },
  (table) => [
    uniqueIndex('events_event_id').on(table.eventId),
    uniqueIndex('events_idempotency_key')
      .on(table.idempotencyKey)
      .where(sql`idempotency_key IS NOT NULL`),
    index('events_outbound')
      .on(table.seq)
      .where(sql`outbound = 1`),
    index('events_timestamp').on(table.timestamp),
    // Few publishers tie their events together: what has no such tie costs nothing here.
    index('events_correlation_id')
      .on(table.correlationId)
      .where(sql`correlation_id IS NOT NULL`),
    index('events_parent_event_id')
      .on(table.parentEventId)
      .where(sql`parent_event_id IS NOT NULL`),
  ],
);

export type EventRecord = typeof events.$inferSelect;
