import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** 32 random bytes: nothing to guess, so a plain hash of it is safe to keep. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Compares without telling by its duration how much was right. */
export function sameSecret(given: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(given), 'hex'), Buffer.from(hash, 'hex'));
}

const SIGNING = 'auth-secret';
const LOCAL = 'cli-token';

/** What session cookies are signed with: made once, beside the database and not in it, so that a copy of one is no way in. */
export function signingSecret(dataDir: string): string {
  const file = path.join(dataDir, SIGNING);
  mkdirSync(dataDir, { recursive: true });
  try {
    writeFileSync(file, newSecret(), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(file, 'utf8').trim();
}

/**
 * How the session cookie of the server with this signing secret begins. Browsers send cookies to every port of a host, so two
 * servers on one machine need names of their own.
 */
export function cookiePrefix(secret: string): string {
  return `ringside-${createHmac('sha256', secret).update('cookie name').digest('hex').slice(0, 8)}`;
}

/** A secret for the commands of this machine: who can read the data folder may do what an admin may. Answers its hash. */
export function writeLocalToken(dataDir: string): string {
  const file = path.join(dataDir, LOCAL);
  const token = newSecret();
  rmSync(file, { force: true });
  writeFileSync(file, token, { mode: 0o600 });
  chmodSync(file, 0o600);
  return hashSecret(token);
}

/** The running server's secret; null where this user may not read it. */
export function readLocalToken(dataDir: string): string | null {
  try {
    return readFileSync(path.join(dataDir, LOCAL), 'utf8').trim();
  } catch {
    return null;
  }
}

export function removeLocalToken(dataDir: string): void {
  rmSync(path.join(dataDir, LOCAL), { force: true });
}
