import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { checkFolder, doctor } from './doctor';

it('says of the data folder whether a server can begin with it', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ringside-doctor-'));
  const file = path.join(folder, 'file');
  writeFileSync(file, '');
  expect(checkFolder(folder)).toMatchObject({ ok: true });
  expect(checkFolder(path.join(folder, 'none'))).toMatchObject({ ok: true });
  expect(checkFolder(file)).toEqual({
    ok: false,
    text: `data folder ${file} is no folder: choose another with RINGSIDE_DATA_DIR`,
  });
  rmSync(folder, { recursive: true });
});

it('tells of a variable that no setting reads', async () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  onTestFinished(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    process.exitCode = undefined;
  });
  vi.stubEnv('RINGSIDE_DATADIR', '/srv/r');
  // So that nothing else is looked at.
  vi.stubEnv('PORT', 'eighty');
  await doctor();
  expect(write.mock.calls.flat().join('')).toMatch(/^✗ RINGSIDE_DATADIR: .*RINGSIDE_DATA_DIR was/m);
  expect(process.exitCode).toBe(1);
});
