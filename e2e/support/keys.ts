import { expect } from '@playwright/test';
import type { RingsideServer } from './server';

/** Makes a key by the command line, named after its role unless it is told how, and answers its secret. */
export async function makeKey(
  ringside: RingsideServer,
  role: string,
  more: readonly string[] = [],
  name = role,
): Promise<string> {
  const { stdout, stderr } = await ringside.cli('keys', 'create', '--name', name, '--role', role, ...more);
  expect(stderr).toBe('');
  return stdout.trim();
}
