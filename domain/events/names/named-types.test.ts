import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { definitionOf } from '../catalogue';
import { normaliseEventType } from './names';

const root = path.resolve(import.meta.dirname, '../../..');

/** Folders whose code tells types of events apart by name, and files that are about other names or spellings. */
const FOLDERS = ['domain', 'components', 'app', 'server/api', 'server/simulator'];
const LEFT_OUT = /\.test|domain\/events\/catalogue\/types\/|domain\/events\/names\/aliases|\/wire-names/;

/** Written like types, and meant to be none that the catalogue knows. */
const OTHERS = {
  'what Ringside itself adds': ['RINGSIDE_HOLD_RELEASED', 'RINGSIDE_PROBLEM_ACKNOWLEDGED'],
  'failures that the catalogue lacks': ['CMAES_FAILED', 'NAS_FAILED', 'PBT_FAILED'],
  'an uncatalogued type of the demo': ['GPU_THERMAL_THROTTLED'],
  'branches of a diagram': ['QUALITY_GOOD', 'NO_REGRESSION'],
  'second names, as the composer offers them': ['PROMOTION_COMPLETE', 'TIER_GATING_COMPLETE'],
  'second names, as producers of the demo write them': ['SELFPLAY_BATCH_COMPLETE', 'CLUSTER_SYNC_COMPLETE'],
  'codes of tRPC': [
    'BAD_REQUEST',
    'NOT_FOUND',
    'TOO_MANY_REQUESTS',
    'SERVICE_UNAVAILABLE',
    'INTERNAL_SERVER_ERROR',
    'CLIENT_CLOSED_REQUEST',
  ],
};

const sources = FOLDERS.flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => path.join(folder, file))
    .filter((file) => /\.tsx?$/.test(file) && !LEFT_OUT.test(file)),
);

/** Texts and keys of objects: `'HOST_ONLINE'`, `HOST_ONLINE: 'close'`, `HOST_ONLINE(stage) {`. */
const NAMED = /'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'|^\s+([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?=: |\()/gm;

function namedIn(file: string): string[] {
  const code = readFileSync(path.join(root, file), 'utf8').replace(/^\s*(\/?\*|\/\/).*$/gm, '');
  return Array.from(code.matchAll(NAMED), ([, text, key]) => text ?? key ?? '');
}

describe('types of events that the code names', () => {
  const named = sources.map((file) => [file, namedIn(file)] as const);
  const meant = new Set(Object.values(OTHERS).flat());

  // A rule for a type that is misspelt, or that arrives under another name, would wait for ever without a word.
  it('are of the catalogue, by the name under which they arrive', () => {
    const never = named.flatMap(([file, names]) =>
      [...new Set(names)]
        .filter((name) => !meant.has(name))
        .filter((name) => definitionOf(name) === undefined || normaliseEventType(name) !== name)
        .map((name) => `${name} in ${file}`),
    );
    expect(never).toEqual([]);
  });

  it('and no other names are excepted than those that are there', () => {
    const all = new Set(named.flatMap(([, names]) => names));
    expect([...meant].filter((name) => !all.has(name))).toEqual([]);
    expect(all.size).toBeGreaterThan(150);
  });
});
