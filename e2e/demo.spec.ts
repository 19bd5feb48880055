import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from '@playwright/test';

const root = path.resolve(import.meta.dirname, '..');

test('the demo opens on a cluster with a past, and goes on', async ({ page }) => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'ringside-e2e-demo-'));
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'production',
    RINGSIDE_NO_BUILD: '1',
    RINGSIDE_DATA_DIR: dataDir,
    PORT: '0',
  };
  const child = spawn(
    process.execPath,
    ['server/cli/ringside.mjs', 'demo', '--speed', '120', '--backlog', '2'],
    { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  // From the start: a demo that ends by itself must not be waited for.
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let url = '';
  for await (const line of createInterface({ input: child.stdout })) {
    const ready = /Ringside is ready: (http[^\s"]+)/.exec(line);
    if (ready?.[1]) {
      url = ready[1];
      break;
    }
  }
  child.stdout.resume();
  try {
    expect(url, 'the demo ended before it was ready').not.toBe('');
    await page.goto(url);
    await expect(page.getByText(/demo/i).first()).toBeVisible();
    const seq = async (): Promise<number> =>
      ((await (await fetch(`${url}/api/state/overview`)).json()) as { as_of_seq: number }).as_of_seq;
    await expect.poll(seq).toBeGreaterThan(1_000);
    const before = await seq();
    await expect.poll(seq).toBeGreaterThan(before);
    const { nodes } = (await (await fetch(`${url}/api/state/nodes`)).json()) as { nodes: object };
    expect(Object.keys(nodes)).toHaveLength(14);
  } finally {
    child.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  }
});
