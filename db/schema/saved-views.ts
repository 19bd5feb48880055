import { integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Pages with their filters, kept under a name for everyone. */
export const savedViews = sqliteTable('saved_views', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  name: text('name').notNull(),
  /** The name as it is compared: no two views may be called the same. */
  nameKey: text('name_key').notNull().unique(),
  address: text('address').notNull(),
  /** What the author was called; null where nobody was told from another. */
  author: text('author'),
  /** Whose view it is: the id of a user or a key. Null: any operator's. */
  authorId: text('author_id'),
  createdAt: real('created_at').notNull(),
  updatedAt: real('updated_at').notNull(),
});

/** Who has a star on which view: each for themselves. */
export const viewStars = sqliteTable(
  'view_stars',
  {
    viewId: integer('view_id').notNull(),
    /** The id of a user or a key; `local` where there are no accounts. */
    userId: text('user_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.viewId, table.userId] })],
);
