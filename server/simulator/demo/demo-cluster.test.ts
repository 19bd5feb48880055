import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { claimDemoFolder } from './demo-cluster';
import { DemoFolderError } from './folder';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ringside-demo-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("never deletes a cluster's log that no demo made, also when asked to begin anew", () => {
  const events = path.join(folder, 'coordination', 'events.db');
  mkdirSync(path.dirname(events));
  writeFileSync(events, 'a real cluster');
  expect(() => claimDemoFolder(folder, true)).toThrow(DemoFolderError);
  expect(existsSync(events)).toBe(true);
});

it('refuses a folder whose history a demo did not make', () => {
  writeFileSync(path.join(folder, 'ringside.db'), 'a real history');
  expect(() => claimDemoFolder(folder, true)).toThrow(/no demo made/);
  expect(existsSync(path.join(folder, 'ringside.db'))).toBe(true);
});

it('forgets its own last run when asked to, and only then', () => {
  claimDemoFolder(folder, false);
  const history = path.join(folder, 'ringside.db');
  writeFileSync(history, 'simulated');
  claimDemoFolder(folder, false);
  expect(existsSync(history)).toBe(true);
  claimDemoFolder(folder, true);
  expect(existsSync(history)).toBe(false);
});
