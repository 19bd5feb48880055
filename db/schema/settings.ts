import { real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** What operators have set, one JSON value per name; a name that is missing means the default. */
export const settings = sqliteTable('settings', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
  changedAt: real('changed_at').notNull(),
  changedBy: text('changed_by').notNull(),
});
