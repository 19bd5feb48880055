import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { SETTINGS } from '../config';
import { program } from './cli';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const README = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

it.each(['npm ci && npm start', 'npm ci && npm test', 'npm ci && npm run demo'])(
  'the README begins with `%s`',
  (line) => {
    const commands = /```sh\n([\s\S]*?)```/.exec(README)?.[1]?.split('\n') ?? [];
    expect(commands.map((command) => command.split('  ')[0])).toContain(line);
  },
);

it('each script that the README names is there', () => {
  const named = [...README.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
  expect(named.filter((name = '') => !(name in scripts))).toEqual([]);
});

it('the README has a row for each command', () => {
  const table = /\| command \|[\s\S]*?\n\n/.exec(README)?.[0] ?? '';
  const missing = program(() => Promise.resolve()).commands.filter(
    (command) => !table.includes(`\`${command.name()}`),
  );
  expect(missing.map((command) => command.name())).toEqual([]);
});

/** The options of a command and of those below it, each by the names that it may be typed with. */
function flagsOf({ options, commands }: Command): string[][] {
  const own = options.map(({ long, short }) => [long, short].filter((flag) => flag != null));
  return [...own, ...commands.flatMap(flagsOf)];
}

it('the README tells each option of a command', () => {
  const rows = /\| command \|[\s\S]*?\n\n/.exec(README)?.[0].split('\n') ?? [];
  const missing = program(() => Promise.resolve()).commands.flatMap((command) => {
    const own = rows.filter((row) => row.includes(`\`${command.name()}`)).join('\n');
    return flagsOf(command)
      .filter((names) => !names.some((name) => own.includes(`\`${name}`)))
      .map((names) => `${command.name()} ${names.join(', ')}`);
  });
  expect(missing).toEqual([]);
});

it('the README tells each setting, and no other', () => {
  const table = /\| variable \|[\s\S]*?\n\n/.exec(README)?.[0] ?? '';
  const told = Array.from(table.matchAll(/^\|([^|]*)\|/gm), ([, cell = '']) => [
    ...cell.matchAll(/`([A-Z_]+)`/g),
  ])
    .flat()
    .map(([, name]) => name);
  // Below the table, for developers.
  expect([...told, 'RINGSIDE_NO_BUILD'].sort()).toEqual([...SETTINGS].sort());
  expect(README).toContain('`RINGSIDE_NO_BUILD=1`');
});
