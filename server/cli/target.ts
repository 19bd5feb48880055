import type { Config } from '../config';
import { runningInstance, type Instance } from '../instance-lock';
import { CliError } from './cli-error';

/** Base URL of the server that runs on this data folder; null when none does. Throws CliError while the folder is busy. */
export function runningUrl(config: Config): string | null {
  const instance = runningInstance(config.dataDir);
  if (instance?.port === 0)
    throw new CliError(
      `process ${instance.pid} works on ${config.dataDir} right now: try again when it is done`,
    );
  return instance ? urlOf(instance) : null;
}

function urlOf({ host, port }: Instance): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Posts JSON to the running server. Throws CliError with the server's own message. */
export async function post(url: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
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
