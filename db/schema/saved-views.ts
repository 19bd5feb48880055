import { integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Pages with their filters, kept under a name for everyone. `author` stays null until there are accounts. */
export const savedViews = sqliteTable('saved_views', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  name: text('name').notNull(),
  /** The name as it is compared: no two views may be called the same. */
  nameKey: text('name_key').notNull().unique(),
  address: text('address').notNull(),
  starred: integer('starred', { mode: 'boolean' }).notNull().default(false),
  author: text('author'),
  createdAt: real('created_at').notNull(),
  updatedAt: real('updated_at').notNull(),
});
