import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
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
