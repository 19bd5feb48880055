import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { checkFolder } from './doctor';

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
