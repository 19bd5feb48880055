import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DuplicateTable } from './duplicate-table';

interface Known {
  readonly hash: string;
  readonly id: string;
  readonly time: number;
}

const WINDOW = 100;
const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
const idOf = (n: number): string => `${hex(n, 8)}-0000-7000-8000-${hex(n, 12)}`;
/** Hashes that share their first word in groups of three, so that probing and moving up are exercised. */
const hashOf = (content: number): string => `${hex(content % 40, 8)}${hex(content, 8)}${'a'.repeat(48)}`;

it('law: finds and forgets as a list would, whatever collides and however it grows', () => {
  const step = fc.record({ content: fc.nat(120), gap: fc.nat(60), forget: fc.nat(4) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), fc.constantFrom(0, 1_500), (steps, filling) => {
      const table = new DuplicateTable();
      const known = new Map<number, Known>();
      let [time, ids] = [0, 0];
      const add = (hash: string): void => {
        const id = idOf(++ids);
        known.set(table.add(hash, id, time, WINDOW), { hash, id, time });
      };
      for (let n = 0; n < filling; n++) add(hashOf(1_000 + n));
      for (const { content, gap, forget } of steps) {
        time += gap;
        const same = [...known].filter(([, each]) => each.hash === hashOf(content));
        const near = same.filter(([, each]) => time - each.time < WINDOW);
        expect(table.findNear(hashOf(content), time, WINDOW)).toBe(near.at(-1)?.[0] ?? null);
        const last = same.at(-1);
        if (last !== undefined) expect(table.findNear(hashOf(content), last[1].time, WINDOW)).toBe(last[0]);
        add(hashOf(content));
        const gone = forget === 0 ? [...known.keys()][content % known.size] : undefined;
        if (gone === undefined) continue;
        table.remove(gone);
        table.remove(gone);
        known.delete(gone);
        expect(table.slotOf(gone)).toBe(0);
      }
      expect(table.size).toBe(known.size);
      expect(table.oldest()).toBe(known.keys().next().value ?? null);
      const newest = new Map([...known].map(([entry, { hash }]) => [hash, entry]));
      for (const [hash, entry] of newest)
        expect(table.findNear(hash, table.timeOf(entry), WINDOW)).toBe(entry);
      for (const [entry, { id, time: at }] of known)
        expect([table.eventIdOf(entry), table.timeOf(entry)]).toEqual([id, at]);
    }),
    { numRuns: 60 },
  );
});

it('names each entry by a number of its own, however often its place is given away', () => {
  const table = new DuplicateTable();
  const given = new Set<number>();
  for (let n = 0; n < 300; n++) {
    const entry = table.add(hashOf(n), idOf(n), n, WINDOW);
    table.setSeq(entry, n);
    expect([...given].filter((gone) => table.slotOf(gone) !== 0)).toEqual([]);
    expect([table.slotOf(entry), table.timeOf(entry), table.seqOf(entry)]).toEqual([1, n, n]);
    given.add(entry);
    table.remove(entry);
  }
  expect(given.size).toBe(300);
});

it('names the first entry, too, by a number that is no small integer, so that code for the one kind is code for all', () => {
  expect(new DuplicateTable().add(hashOf(1), idOf(1), 1, WINDOW)).toBeGreaterThan(2 ** 31);
});
