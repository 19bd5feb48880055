import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase, type Connection } from '../../../../db/client';
import type { StoredEvent } from '../../../../domain/events/envelope';
import { matcher, type QueryNode } from '../../../../domain/query';
import { newEvent, openTestHistory, type TestHistory } from '../../events.test-support';
import { SetLeaf } from '../../words/set-leaf';
import { blockOf, SLOTS, slotOf } from '../../blocks/block';
import { BlockStore } from '../../blocks/block-store';
import { LeafFinder } from './leaf-finder';
import { boundsOf, hasSlot } from '../../matching/masks';
import { RowReader } from '../../matching/row-reader';

const AT = { start: 0, end: 0 };
const EVENTS = 3 * SLOTS + 700;
/** Dearer than reading all events, so that each look-up is worth it. */
const ROW_MS = 1_000;
let test: TestHistory;
let db: Connection;
const all: StoredEvent[] = [];

beforeAll(async () => {
  test = await openTestHistory();
  await test.history.append(
    Array.from({ length: EVENTS }, (_, n) =>
      newEvent({
        config: `c${n % 37}`,
        node: n % 11 === 0 ? null : `n_${n % 23}`,
        payload: { work: `item_${n % 40}_of ${n % 2 === 0 ? 'amber' : 'topaz'} jade ${n}`, n },
      }),
    ),
  );
  // Whoever asks for neighbours waits for the index.
  await test.history.neighbours((await test.history.bySeq(1))!);
  for (;;) {
    const page = await test.history.eventsAfter(all.at(-1)?.seq ?? 0, 5_000);
    if (page.length === 0) break;
    all.push(...page);
  }
  db = openDatabase(test.file, { readonly: true });
}, 60_000);
afterAll(async () => {
  db.close();
  await test.close();
});

it('says nothing wrong of a query where it looks phrases up among the events that blocks leave', () => {
  const store = new BlockStore(db);
  store.catalog.follow();
  const rows = new RowReader(db);
  Object.defineProperty(rows, 'apartMs', { value: ROW_MS });
  const finder = new LeafFinder(db, store, rows, 0);
  const phrase = fc
    .constantFrom(
      'item 1',
      'item 12 of',
      'of amber',
      'topaz jade 7',
      'jade 12',
      'amber jade',
      'n 0',
      'work item',
    )
    .chain((text) => fc.boolean().map((prefix): QueryNode => ({ kind: 'text', text, prefix, ...AT })));
  const asked = fc.oneof(
    {
      weight: 3,
      arbitrary: fc
        .constantFrom('c1', 'c4', 'n_0', 'n_2')
        .map((value) => ({ values: [value], prefixes: [] })),
    },
    fc.constantFrom('c', 'n_', 'n_1', '').map((prefix) => ({ values: [], prefixes: [prefix] })),
  );
  const field = fc
    .tuple(fc.constantFrom('config' as const, 'node' as const), asked)
    .map(([name, wanted]): QueryNode => ({ kind: 'field', field: name, ...wanted, ...AT }));
  const not = (of: fc.Arbitrary<QueryNode>) => of.map((part): QueryNode => ({ kind: 'not', part, ...AT }));
  const some = (kind: 'and' | 'or', of: fc.Arbitrary<QueryNode>) =>
    fc.array(of, { minLength: 1, maxLength: 3 }).map((parts): QueryNode => ({ kind, parts, ...AT }));
  const part = fc.oneof(phrase, field, not(phrase), not(field));
  let narrowed = 0;
  fc.assert(
    fc.property(
      field,
      fc.oneof(part, some('or', part), some('and', part), not(some('or', part))),
      (own, more) => {
        const node: QueryNode = { kind: 'and', parts: [own, more], ...AT };
        const looking = finder.begin(node, 0, { from: 0, to: EVENTS });
        expect(looking.go(() => Infinity)).toBe(true);
        const test = matcher(node);
        for (const [leaf, found] of looking.found) {
          if (!(found instanceof SetLeaf) || !found.exact) continue;
          const one = matcher(leaf);
          const missing = all.some((event) => one(event, 0) && !found.found.set.has(event.seq));
          if (missing) narrowed += 1;
        }
        for (let block = 0; block < 3; block++) {
          const bounds = store.look(block, (of) => boundsOf(node, of, looking.found, 0));
          for (const event of all.slice(block * SLOTS, (block + 1) * SLOTS)) {
            const matches = test(event, 0);
            const [slot, of] = [slotOf(event.seq), blockOf(event.seq)];
            const told = [hasSlot(bounds.must, slot), hasSlot(bounds.may, slot)];
            if (matches ? !told[1] : told[0])
              expect([node, of, slot, told]).toEqual([node, of, slot, matches]);
          }
        }
      },
    ),
    { numRuns: 120 },
  );
  expect(narrowed).toBeGreaterThan(3);
}, 60_000);
