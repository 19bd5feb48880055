import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { demo, start } from './serve';

const warn = vi.hoisted(() => vi.fn());
vi.mock('../../process/log', () => ({ createLog: () => ({ warn }) }));

const WORLD = { speed: '60', seed: '1', backlog: '2' };
const DATA = path.join(tmpdir(), 'ringside-never-made');
const buildPages = vi.fn(() => Promise.resolve());

describe('before it takes a minute for the pages, and before it makes a folder', () => {
  beforeEach(() => {
    buildPages.mockClear();
    vi.stubEnv('RINGSIDE_DATA_DIR', DATA);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    expect(buildPages).not.toHaveBeenCalled();
    expect(existsSync(DATA)).toBe(false);
  });

  it.each([
    ['start', () => start({}, buildPages)],
    ['demo', () => demo(WORLD, buildPages)],
  ])('%s tells of a setting that is wrong', async (_, command) => {
    vi.stubEnv('PORT', 'eighty');
    await expect(command()).rejects.toThrow('PORT');
  });

  it.each([
    ['--speed', 'fast'],
    ['--seed', '-1'],
    ['--backlog', '24'],
  ])('demo tells that %s %s is none', async (option, text) => {
    await expect(demo({ ...WORLD, [option.slice(2)]: text }, buildPages)).rejects.toThrow(option);
  });
});

it.each([
  ['start', () => start({}, noPages)],
  ['demo', () => demo(WORLD, noPages)],
])('%s begins by telling of a setting that nobody reads, and goes on', async (_, command) => {
  warn.mockClear();
  vi.stubEnv('RINGSIDE_DATADIR', DATA);
  await expect(command()).rejects.toThrow('no pages');
  vi.unstubAllEnvs();
  expect(warn.mock.calls).toEqual([[expect.stringMatching(/^RINGSIDE_DATADIR: .*RINGSIDE_DATA_DIR/)]]);
});

const noPages = (): Promise<void> => Promise.reject(new Error('no pages'));
