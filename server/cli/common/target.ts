import os from 'node:os';
import { readLocalToken } from '../../auth/secrets';
import { readConfig, type Config } from '../../config';
import type { Core } from '../../core';
import { CLI_HEADER } from '../../callers/headers';
import { runningInstance, type Instance } from '../../process/instance-lock';
import { CliError } from './cli-error';

/** Where an import goes: the running server, or the history itself where none runs. */
export type ImportTarget = { readonly post: (batch: unknown) => Promise<unknown> } | { readonly core: Core };

/**
 * Imports through the running server, one call after the other: calls under way at once overtake each other, and what they
 * bring would be stored out of its order. After one that failed none is made.
 */
export function serverTarget(url: string): ImportTarget {
  let last: Promise<unknown> = Promise.resolve();
  return {
    post: (batch) => {
      const answer = last.then(() => post(`${url}/api/import`, batch));
      // Who asked hears of it.
      answer.catch(() => undefined);
      last = answer;
      return answer;
    },
  };
}

/** Base URL of the server that runs on this data folder; null when none does. Throws CliError while the folder is busy. */
export function runningUrl(config: Config): string | null {
  const instance = runningInstance(config.dataDir);
  if (instance?.port === 0)
    throw new CliError(
      `process ${instance.pid} works on ${config.dataDir} right now: try again when it is done`,
    );
  return instance ? urlOf(instance) : null;
}

/** A server that listens everywhere is asked on loopback. */
function urlOf({ host, port }: Instance): string {
  const local = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${local.includes(':') ? `[${local}]` : local}:${port}`;
}

/**
 * What a command shows the running server: the key in `RINGSIDE_KEY`, else the server's own secret for those who can read
 * its data folder.
 */
export function credentials(config: Config): Record<string, string> {
  const secret = process.env['RINGSIDE_KEY']?.trim() || readLocalToken(config.dataDir);
  const user = userName();
  return {
    ...(secret === null ? {} : { Authorization: `Bearer ${secret}` }),
    ...(user === null ? {} : { [CLI_HEADER]: user }),
  };
}

/** The user who runs the command, as far as a header can carry the name. */
export function userName(): string | null {
  try {
    const { username } = os.userInfo();
    return /^[\x21-\x7e]+$/.test(username) ? username : null;
  } catch {
    return null;
  }
}

/** Posts JSON to the running server. Throws CliError with the server's own message. */
export async function post(url: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...credentials(readConfig(process.env)) },
    body: JSON.stringify(body),
  }).catch((error: unknown) => {
    throw new CliError(`the server at ${url} does not answer: ${messageOf(error)}`);
  });
  const answer = (await response.json()) as { error?: { message: string } };
  if (!response.ok) throw new CliError(answer.error?.message ?? `the server answered ${response.status}`);
  return answer;
}

/** What an error says, of whatever kind it is. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
