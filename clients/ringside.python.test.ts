import { execFile } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

test('the Python client passes its own tests', async () => {
  const file = path.join(import.meta.dirname, 'ringside_test.py');
  const { code, said } = await new Promise<{ code: number; said: string }>((resolve) => {
    const child = execFile('python3', ['-B', file], (_error, _stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, said: stderr }),
    );
  });
  expect(said).toMatch(/\nOK\n$/);
  expect(code).toBe(0);
});
