import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../db/client';
import { actionsProblem } from '../../cli/upkeep/doctor-actions';
import { ChainCheck, entryHash, CHAIN_START } from './action-chain';
import { newEvent, openTestHistory, type TestHistory } from '../events.test-support';
import type { ActionEntry, NewAction } from './action-types';

const actor = fc.record({ kind: fc.constantFrom('local', 'cli'), name: fc.string(), address: fc.string() });
const actions: fc.Arbitrary<NewAction[]> = fc.array(
  fc.record({
    ...{
      actionId: fc.uuid(),
      key: fc.string(),
      kind: fc.string(),
      at: fc.double({ min: 0, max: 1e11, noNaN: true }),
    },
    ...{
      actor,
      subject: fc.option(fc.string()),
      config: fc.option(fc.string()),
    },
    ...{
      reason: fc.string({ unit: 'binary' }),
      eventType: fc.string(),
      input: fc.json(),
      evidence: fc.json(),
    },
  }),
  { minLength: 1, maxLength: 8 },
);

function chained(list: readonly NewAction[]): ActionEntry[] {
  let previous = CHAIN_START;
  return list.map((action, index) => {
    const hash = entryHash(action, index + 1, previous);
    const entry = { ...action, id: index + 1, previous, hash };
    previous = hash;
    return entry;
  });
}
const brokenAt = (entries: readonly ActionEntry[]): number | null => {
  const check = new ChainCheck();
  for (const entry of entries) {
    const found = check.next(entry);
    if (found) return found.id;
  }
  return null;
};

describe('the chain of actions', () => {
  it('holds for what was written; whatever is changed, left out or put in another order is noticed', () => {
    const fields = ['reason', 'evidence', 'input', 'subject', 'at', 'kind', 'hash', 'previous'] as const;
    fc.assert(
      fc.property(actions, fc.nat(), fc.constantFrom(...fields), (list, pick, field) => {
        const entries = chained(list);
        expect(brokenAt(entries)).toBeNull();
        const at = pick % entries.length;
        const entry = entries[at]!;
        const changed = field === 'at' ? { at: entry.at + 1e9 } : { [field]: `${String(entry[field])}x` };
        expect(brokenAt(entries.with(at, { ...entry, ...changed }))).toBe(at + 1);
        if (at < entries.length - 1) {
          expect(brokenAt(entries.toSpliced(at, 1))).toBe(at + 1);
          expect(brokenAt(entries.with(at, entries[at + 1]!).with(at + 1, entry))).toBe(at + 1);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the log of actions', () => {
  let test: TestHistory;
  beforeEach(async () => (test = await openTestHistory()));
  afterEach(() => test.close());
  const action = (key: string, eventId: string): NewAction => ({
    ...{ actionId: eventId, key, kind: 'k', at: 1.25, actor: { kind: 'cli', name: 'kim', address: '::1' } },
    ...{
      subject: 'm',
      config: null,
      reason: 'why',
      eventType: 'HOST_ONLINE',
      input: '{}',
      evidence: '{"a":1}',
    },
  });
  const press = (key: string) => {
    const event = newEvent({ idempotencyKey: `action:${key}` });
    return test.history.append([{ ...event, action: action(key, event.eventId) }]);
  };

  it('gets one entry per event, chained over restarts, and none for an event that was there', async () => {
    await Promise.all([press('a'), press('b'), press('a')]);
    await test.reopen();
    await press('c');
    const { actions: entries, total } = await test.history.listActions({}, { limit: 10 });
    expect(entries.map(({ key }) => key)).toEqual(['c', 'b', 'a']);
    expect([total, brokenAt(entries.toReversed())]).toEqual([3, null]);
    expect(await test.history.actionById(entries[0]!.actionId)).toEqual(entries[0]);
  });

  it('is judged by the doctor: whole, changed by force, or cut at its end', async () => {
    for (const key of ['a', 'b', 'c']) await press(key);
    expect(actionsProblem(test.file)).toEqual({ entries: 3, problem: null });
    const db = openDatabase(test.file);
    db.exec("DROP TRIGGER actions_no_update; UPDATE actions SET reason = 'other' WHERE id = 2");
    expect(actionsProblem(test.file).problem).toBe('entry 2: it is not what was written');
    db.exec(
      "UPDATE actions SET reason = 'why'; DROP TRIGGER actions_no_delete; DELETE FROM actions WHERE id = 3",
    );
    expect(actionsProblem(test.file)).toEqual({ entries: 2, problem: '1 events of actions have no entry' });
    db.close();
  });

  it('cannot be rewritten, not even in SQL', async () => {
    await press('a');
    const db = openDatabase(test.file);
    expect(() => db.exec("UPDATE actions SET reason = 'other'")).toThrow(/append-only/);
    expect(() => db.exec('DELETE FROM actions')).toThrow(/append-only/);
    db.close();
  });
});
