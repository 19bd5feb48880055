import { index, integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/**
 * Who may come in. `users`, `sessions`, `accounts` and `verifications` have the shape that better-auth asks for; the
 * rest is ours. Times are epoch seconds, as everywhere in this database.
 */
export const users = sqliteTable(
  'users',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    email: text('email').notNull(),
    emailVerified: integer('email_verified').notNull(),
    image: text('image'),
    role: text('role').notNull(),
    createdAt: real('created_at').notNull(),
    updatedAt: real('updated_at').notNull(),
  },
  (table) => [uniqueIndex('users_email').on(table.email)],
);

export const sessions = sqliteTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    token: text('token').notNull(),
    userId: text('user_id').notNull(),
    expiresAt: real('expires_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    createdAt: real('created_at').notNull(),
    updatedAt: real('updated_at').notNull(),
  },
  (table) => [uniqueIndex('sessions_token').on(table.token), index('sessions_user').on(table.userId)],
);

/** How a user signs in: here by a password, of which the scrypt hash is kept. */
export const accounts = sqliteTable(
  'accounts',
  {
    id: text('id').primaryKey(),
    userId: text('user_id').notNull(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    password: text('password'),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: real('access_token_expires_at'),
    refreshTokenExpiresAt: real('refresh_token_expires_at'),
    scope: text('scope'),
    createdAt: real('created_at').notNull(),
    updatedAt: real('updated_at').notNull(),
  },
  (table) => [index('accounts_user').on(table.userId)],
);

export const verifications = sqliteTable('verifications', {
  id: text('id').primaryKey(),
  identifier: text('identifier').notNull(),
  value: text('value').notNull(),
  expiresAt: real('expires_at').notNull(),
  createdAt: real('created_at').notNull(),
  updatedAt: real('updated_at').notNull(),
});

/** One-time links: the first admin, an invitation, a new password. Only a hash of the secret in the link is kept. */
export const accessLinks = sqliteTable(
  'access_links',
  {
    id: text('id').primaryKey(),
    hash: text('hash').notNull(),
    purpose: text('purpose', { enum: ['setup', 'invite', 'reset'] }).notNull(),
    /** Of an invitation and of a reset. */
    email: text('email'),
    role: text('role'),
    userId: text('user_id'),
    createdBy: text('created_by').notNull(),
    createdAt: real('created_at').notNull(),
    expiresAt: real('expires_at').notNull(),
    usedAt: real('used_at'),
  },
  (table) => [uniqueIndex('access_links_hash').on(table.hash)],
);

/** Keys of programs: only a hash of the secret is kept. A key that is revoked stays, so that its name can be looked up. */
export const apiKeys = sqliteTable(
  'api_keys',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    role: text('role').notNull(),
    hash: text('hash').notNull(),
    /** The first characters, by which its owner knows it again. */
    hint: text('hint').notNull(),
    /** JSON list of what a producer may publish as; null for no limit. */
    sources: text('sources'),
    types: text('types'),
    createdBy: text('created_by').notNull(),
    createdAt: real('created_at').notNull(),
    expiresAt: real('expires_at'),
    lastUsedAt: real('last_used_at'),
    revokedAt: real('revoked_at'),
  },
  (table) => [uniqueIndex('api_keys_hash').on(table.hash)],
);
