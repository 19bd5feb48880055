import { expect } from '@playwright/test';
import type { RingsideServer } from './server';

/** Makes a key by the command line, named after its role, and answers its secret. */
export async function makeKey(ringside: RingsideServer, role: string, ...more: string[]): Promise<string> {
  const { stdout, stderr } = await ringside.cli('keys', 'create', '--name', role, '--role', role, ...more);
  expect(stderr).toBe('');
  return stdout.trim();
}
