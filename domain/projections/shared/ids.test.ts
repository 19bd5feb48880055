import { expect, it } from 'vitest';
import { idsUnder } from './ids';

it('puts a prefix before any name, also after more names than it remembers', () => {
  const idOf = idsUnder('offline');
  const names = Array.from({ length: 5_000 }, (_, n) => `node-${n}`);
  for (const name of [...names, ...names, '__proto__']) expect(idOf(name)).toBe(`offline:${name}`);
});
