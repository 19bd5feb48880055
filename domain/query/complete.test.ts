import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyQuery } from './arbitraries.test-support';
import { accept, complete, parseQuery, printQuery, type Known } from './index';

const KNOWN: Known = {
  values: {
    type: [
      ['ELO_UPDATED', 900],
      ['MODEL_PROMOTED', 12],
      ['TRAINING_ELO_CHECKED', 3],
    ],
    node: [
      ['gh200-a', 5],
      ['node, (with) "signs" \\', 1],
      ['-', 1],
      ['a"b', null],
    ],
    config: [['hex8_2p', 7]],
    severity: [['error', 4]],
  },
  keys: [
    { key: 'new_elo', holds: 'number', types: ['ELO_UPDATED'] },
    { key: 'reason', holds: 'text', types: ['MODEL_PROMOTED', 'HOST_OFFLINE'] },
    { key: 'success', holds: 'bool', types: ['TRAINING_COMPLETED'] },
    { key: 'not.writable', holds: 'text', types: [] },
  ],
  payload: {
    key: 'reason',
    values: [
      ['out of memory', 9],
      ['say "x" \\ y', 2],
      ['true', 1],
      [7, 1],
      [true, 1],
      [null, 1],
    ],
  },
  recent: ['severity:error -type:SYNC_STALLED', '"out of memory"'],
  clock: 1_795_773_600,
};

/** What is proposed where `|` stands. */
function at(marked: string) {
  const caret = marked.indexOf('|');
  const text = marked.replace('|', '');
  return { text, all: complete(text, caret, KNOWN) };
}
const labels = (marked: string): string[] => at(marked).all.map(({ label }) => label);
/** The text with the first proposal of this label taken, `|` where the caret stands then. */
function taken(marked: string, label: string): string {
  const { text, all } = at(marked);
  const completion = all.find((each) => each.label === label);
  if (completion === undefined) throw new Error(`not proposed: ${label}`);
  const done = accept(text, completion);
  return `${done.text.slice(0, done.caret)}|${done.text.slice(done.caret)}`;
}

describe('complete', () => {
  it('offers what was asked before and the fields where nothing is written', () => {
    expect(labels('|').slice(0, 3)).toEqual([...KNOWN.recent, 'type:']);
    expect(labels('hex8 |')[0]).toBe('type:');
    expect(labels('(|)')).toContain('node:');
  });

  it.each([
    ['ty|', 'type:', 'type:|'],
    ['s|:gh200-a', 'source:', 'source:|gh200-a'],
    ['-no|', 'node:', '-node:|'],
    ['type:|', 'ELO_UPDATED', 'type:ELO_UPDATED |'],
    ['type:elo| node:x', 'TRAINING_ELO_CHECKED', 'type:TRAINING_ELO_CHECKED| node:x'],
    ['type:ELO_UPDATED,mod|', 'MODEL_PROMOTED', 'type:ELO_UPDATED,MODEL_PROMOTED |'],
    ['(type:m|od)', 'MODEL_PROMOTED', '(type:MODEL_PROMOTED|)'],
    ['node:"no|', 'node, (with) "signs" \\', 'node:"node, (with) \\"signs\\" \\\\" |'],
    ['node:"no| rest', 'node, (with) "signs" \\', 'node:"node, (with) \\"signs\\" \\\\"| rest'],
    ['gh2|', 'node:gh200-a', 'node:gh200-a |'],
    ['payload.e|', 'payload.new_elo', 'payload.new_elo>|'],
    ['payload.rea|', 'payload.reason', 'payload.reason:|'],
    ['payload.success:|', 'true', 'payload.success:true |'],
    ['payload.reason:|', 'out of memory', 'payload.reason:"out of memory" |'],
    ['-payload.reason!=mem| x', 'out of memory', '-payload.reason!="out of memory"| x'],
    ['payload.reason:"out of|', 'out of memory', 'payload.reason:"out of memory" |'],
    ['payload.reason:7,x|', 'say "x" \\ y', 'payload.reason:7,"say \\"x\\" \\\\ y" |'],
    ['payload.reason:nu|', 'null', 'payload.reason:null |'],
    ['payload.reason>|', '7', 'payload.reason>7 |'],
    ['severity:er|', 'error', 'severity:error |'],
    ['after:|', '1h', 'after:1h |'],
    ['after:2026|', '2026-11-27', 'after:2026-11-27 |'],
    ['memory|', '"out of memory"', '"out of memory"|'],
  ])('takes up %j with %j', (marked, label, expected) => {
    expect(taken(marked, label)).toBe(expected);
  });

  it('offers the keys of the types that the query names', () => {
    expect(labels('type:elo_updated payload.|')).toEqual(['payload.new_elo']);
    expect(labels('payload.|')).toEqual(['payload.new_elo', 'payload.reason', 'payload.success']);
  });

  it.each(['"a phrase|"', '"open |', 'hex8 OR|', '|word', 'nobody:x|', 'type:ELO_UPDATED|', 'node:"a"|'])(
    'offers nothing at %j',
    (marked) => {
      expect(labels(marked)).toEqual([]);
    },
  );

  it('proposes numbers alone where a number is compared', () => {
    expect(labels('payload.reason>|')).toEqual(['7']);
    expect(labels('payload.success>|')).toEqual([]);
  });

  it('leads from a query to a query, whatever is taken where; the caret lands behind it', () => {
    fc.assert(
      fc.property(anyQuery, fc.nat(), fc.nat(), (node, place, choice) => {
        const text = printQuery(node);
        const caret = place % (text.length + 1);
        const all = complete(text, caret, KNOWN);
        const completion = all[choice % Math.max(1, all.length)];
        if (completion === undefined) return;
        const done = accept(text, completion);
        expect(done.text.slice(0, done.caret).trimEnd().endsWith(completion.insert)).toBe(true);
        const parsed = parseQuery(done.text);
        if (completion.kind !== 'field' && completion.kind !== 'key') expect(parsed.ok).toBe(true);
        // A field that lacks its value is the one thing that may be wrong then; another's value may not fit it.
        else if (!parsed.ok && /^[\s),]|^$/u.test(text.slice(completion.end)))
          expect(parsed.mistakes[0]).toMatchObject({ code: 'missing_value', start: done.caret });
      }),
      { numRuns: 1_000 },
    );
  });

  it('answers any text at any caret', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.nat(40), (text, caret) => {
        for (const each of complete(text, Math.min(caret, text.length), KNOWN)) {
          expect(0 <= each.start && each.start <= each.end && each.end <= text.length).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
