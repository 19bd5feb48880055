import { index, integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/**
 * What operators did, append-only: triggers in the migration refuse to change or delete a row, and each row carries the
 * hash of the one before (server/history/actions/action-chain.ts). Written in the transaction of the event that it published,
 * whose id it shares. Ids have no gaps, so a row that is gone is noticed.
 */
export const actions = sqliteTable(
  'actions',
  {
    id: integer('id').primaryKey(),
    actionId: text('action_id').notNull(),
    key: text('key').notNull(),
    kind: text('kind').notNull(),
    at: real('at').notNull(),
    actorKind: text('actor_kind').notNull(),
    actor: text('actor').notNull(),
    address: text('address').notNull(),
    subject: text('subject'),
    config: text('config'),
    reason: text('reason').notNull(),
    eventType: text('event_type').notNull(),
    /** Canonical JSON of what was asked, without its key. */
    input: text('input').notNull(),
    /** JSON of what the operator was shown when deciding. */
    evidence: text('evidence').notNull(),
    previous: text('previous').notNull(),
    hash: text('hash').notNull(),
  },
  (table) => [
    uniqueIndex('actions_action_id').on(table.actionId),
    uniqueIndex('actions_key').on(table.key),
    index('actions_subject').on(table.subject),
  ],
);
