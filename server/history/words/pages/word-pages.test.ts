import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Connection } from '../../../../db/client';
import { indexWords } from '../../../../domain/events/text/index-alphabet';
import { anyEvent } from '../../arbitraries.test-support';
import { newEvent, openTestHistory, type TestHistory } from '../../events.test-support';
import { slotsOf } from '../../blocks/bits';
import { blockOf, seqAt, SLOTS, slotOf } from '../../blocks/block';
import { hasSlot } from '../../matching/masks';
import { joinPlaces } from '../phrases/phrase';
import { PlacesRoom } from '../phrases/places';
import { SeqSet } from '../seq-set';
import { WordFinder } from '../word-finder';
import { WordPages } from './word-pages';

/** Words that fill pages: in every event, many times in one, long ones, and ones that occur once. */
const LONG = 'w'.repeat(3_000);
const EVENTS = 12_000;
let test: TestHistory;
let db: Connection;
let terms: string[];

beforeAll(async () => {
  test = await openTestHistory();
  const some = fc.sample(anyEvent, { numRuns: 600, seed: 11 });
  // In several chunks, so that the index has several segments.
  for (let from = 0; from < EVENTS; from += 2_000) {
    await test.history.append(
      Array.from({ length: 2_000 }, (_, n) => {
        const {
          payload,
          payloadText: _text,
          contentHash: _hash,
          ...event
        } = some[(from + n) % some.length] ?? newEvent();
        const many = n % 500 === 7 ? `${'again '.repeat(4_000)}${LONG}` : null;
        const texts = { ...payload, many, everywhere: `once${from + n}` };
        return newEvent({ ...event, eventId: newEvent().eventId, payload: texts });
      }),
    );
    // Whoever asks for neighbours waits for the index.
    await test.history.neighbours((await test.history.bySeq(1))!);
  }
  db = openDatabase(test.file);
  db.exec("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, events_fts, 'row')");
  terms = db.prepare<[], string>('SELECT term FROM temp.words').pluck().all();
}, 60_000);
afterAll(async () => {
  db.close();
  await test.close();
});

/** In one moment, as callers must: the writer goes on merging, which moves pages. */
const within = <Result>(work: () => Result): Result => db.transaction(work)();

function found(word: string, prefix: boolean, category: boolean): number[] {
  const set = new SeqSet(0, blockOf(EVENTS));
  const pages = new WordPages(db);
  within(() => {
    const plan = pages.plan(word, prefix, category);
    if (plan === null) throw new Error('the layout of the index is not known');
    expect(pages.read(plan, set, () => false)).toBe(true);
  });
  return seqsOf(set);
}

function seqsOf(set: SeqSet): number[] {
  return Array.from({ length: blockOf(EVENTS) + 1 }, (_, block) => {
    const mask = set.mask(block);
    return typeof mask === 'boolean' ? [] : [...slotsOf(mask)].map((slot) => seqAt(block, slot));
  }).flat();
}

const maskHas = (set: SeqSet, seq: number): boolean => hasSlot(set.mask(blockOf(seq)), slotOf(seq));

function asked(word: string, prefix: boolean, category: boolean): number[] {
  const sought = `"${word}"${prefix ? '*' : ''}`;
  const columns = category ? '' : '{event_type source node config model payload} : ';
  return db
    .prepare<[string], number>('SELECT rowid FROM events_fts WHERE events_fts MATCH ? ORDER BY rowid')
    .pluck()
    .all(`${columns}(${sought})`);
}

describe('words from the pages of the index', () => {
  it('are found in the events in which SQLite finds them, whole, as beginnings, and but for categories', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'again',
        'everywhere',
        'selfplay',
        'cluster',
        'health',
        LONG,
        LONG.slice(0, 900),
        'nowhere',
      ),
      fc.nat(terms.length - 1).map((place) => terms[place] ?? ''),
      fc.string({ unit: 'binary', maxLength: 3 }).map((text) => indexWords(text)[0] ?? 'a'),
    );
    const cut = fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined });
    let many = 0;
    fc.assert(
      fc.property(word, cut, fc.boolean(), fc.boolean(), (whole, length, prefix, category) => {
        const text = indexWords(Array.from(whole).slice(0, length).join(''))[0] ?? 'a';
        const wanted = asked(text, prefix, category);
        if (wanted.length > 1_000) many += 1;
        expect(found(text, prefix, category)).toEqual(wanted);
      }),
      { numRuns: 300 },
    );
    expect(many).toBeGreaterThan(20);
  });

  it('are the same while the index is merged, and once it is', () => {
    const words = ['again', 'everywhere', 'once1', 'selfplay', 'memory'];
    const wanted = words.map((word) => asked(word, true, false));
    const merge = db.prepare("INSERT INTO events_fts (events_fts, rank) VALUES ('merge', ?)");
    db.exec("INSERT INTO events_fts (events_fts, rank) VALUES ('usermerge', 2)");
    for (let step = 0; step < 60; step++) {
      merge.run(-20n);
      expect(words.map((word) => found(word, true, false))).toEqual(wanted);
    }
    db.exec("INSERT INTO events_fts (events_fts) VALUES ('optimize')");
    expect(words.map((word) => found(word, true, false))).toEqual(wanted);
  });

  it('are read of the pages of some seqs alone', () => {
    const pages = new WordPages(db);
    const words = fc.constantFrom('again', 'everywhere', 'selfplay', 'e', 'event', 'null');
    let skipped = 0;
    fc.assert(
      fc.property(words, fc.boolean(), fc.nat(EVENTS), fc.nat(EVENTS), (word, prefix, one, other) => {
        const seqs = { from: Math.max(1, Math.min(one, other)), to: Math.max(one, other) };
        const [set, places] = [new SeqSet(0, blockOf(EVENTS)), new SeqSet(0, blockOf(EVENTS))];
        const every = new SeqSet(0, blockOf(EVENTS));
        every.bits.fill(0xffffffff);
        within(() => {
          const [plan, whole] = [pages.plan(word, prefix, true, seqs), pages.plan(word, prefix, true)];
          if (plan === null || whole === null) throw new Error('the layout of the index is not known');
          if (plan.pages < whole.pages) skipped += 1;
          pages.read(plan, set, () => false);
          pages.places(
            plan,
            every,
            (spot) => places.add(spot + 1),
            () => false,
          );
        });
        const inside = (seq: number) => seq >= seqs.from && seq <= seqs.to;
        const wanted = asked(word, prefix, true).filter(inside);
        expect(seqsOf(set).filter(inside)).toEqual(wanted);
        const text = asked(word, prefix, false).filter(inside);
        expect(seqsOf(places).filter(inside)).toEqual(text);
      }),
      { numRuns: 150 },
    );
    expect(skipped).toBeGreaterThan(2);
  });

  it('stand one after the other where SQLite finds the phrase, in all events or among some', () => {
    const blocks = { first: 0, last: blockOf(EVENTS) };
    const texts = db.prepare<[], string>('SELECT payload FROM events WHERE seq % 7 = 3').pluck().all();
    const part = fc
      .tuple(fc.nat(texts.length - 1), fc.nat(400), fc.integer({ min: 2, max: 4 }))
      .map(([text, from, count]) => indexWords(texts[text] ?? '').slice(from % 20, (from % 20) + count));
    const known = fc.constantFrom(
      ['again', 'again'],
      ['again', 'again', 'again', LONG],
      ['again', LONG],
      ['cluster', 'health'],
      ['selfplay', 'complete'],
      ['everywhere', 'once'],
      ['once', 'everywhere'],
    );
    const finder = new WordFinder(db, 0);
    // Too little room for the whole of history at once.
    const narrow = new WordFinder(db, 0, 9_000);
    let [several, inParts] = [0, 0];
    fc.assert(
      fc.property(fc.oneof(part, known), fc.boolean(), fc.option(fc.nat(5)), (words, prefix, every) => {
        fc.pre(words.length > 1);
        const last = words.length - 1;
        const phrase = words.map((word, place) => ({
          ...{ kind: 'word' as const, word, category: false },
          prefix: prefix && place === last,
        }));
        const wanted = asked(words.join(' '), prefix, false);
        const among = every === null ? null : { set: new SeqSet(0, blocks.last), indexed: EVENTS - 50 };
        for (let seq = 1; seq <= EVENTS - 50; seq += 1 + (every ?? 0)) among?.set.add(seq);
        const told = finder.phrases.find(phrase, blocks, among, () => false);
        const inside = wanted.filter((seq) => among === null || maskHas(among.set, seq));
        if (inside.length > 1) several += 1;
        expect(told && [seqsOf(told.set), told.indexed]).toEqual([
          inside,
          among === null ? EVENTS : EVENTS - 50,
        ]);
        const again = narrow.phrases.find(phrase, blocks, among, () => false);
        if (again !== null && inside.length > 1) inParts += 1;
        if (again !== null) expect(seqsOf(again.set)).toEqual(inside);
      }),
      { numRuns: 150 },
    );
    expect(several).toBeGreaterThan(15);
    expect(inParts).toBeGreaterThan(5);
    const phrase = [{ kind: 'word' as const, word: 'again', prefix: false, category: false }];
    expect(finder.phrases.find([...phrase, ...phrase], blocks, null, () => true)).toBeNull();
  });

  it('are found whatever word is looked at first, and where too many places come in no order', () => {
    const pages = new WordPages(db);
    const blocks = { first: 0, last: blockOf(EVENTS) };
    const words = ['many', 'null', 'everywhere', 'once'];
    // All that begin so on many pages that follow each other.
    db.exec("INSERT INTO events_fts (events_fts) VALUES ('optimize')");
    const phrases = fc
      .tuple(fc.nat(2), fc.constantFrom('', '', '', '1'), fc.nat(40))
      .map(([from, more, skipped]) => ({ sought: words.slice(from), more, skipped }));
    let [first, last, full] = [0, 0, 0];
    fc.assert(
      fc.property(
        phrases,
        fc.infiniteStream(fc.nat(99)),
        fc.boolean(),
        ({ sought, more, skipped }, at, small) => {
          const wanted = asked(`${sought.join(' ')}${more}`, true, false);
          const among = new SeqSet(0, blocks.last);
          for (let seq = 1; seq <= EVENTS; seq += 1 + (skipped % 3)) among.add(seq);
          const known = sought.map((word, place) => {
            const open = place === sought.length - 1;
            const plan = within(() => pages.plan(open ? `${word}${more}` : word, open, false));
            if (plan === null) throw new Error('the layout of the index is not known');
            return { word: { plan, place }, by: at.next().value as number };
          });
          const ordered = known.sort((a, b) => a.by - b.by).map(({ word }) => word);
          const scattered = ordered.findIndex(({ plan }) => plan.scattered);
          // Enough for the other words, of which each event has one.
          const sizes = [EVENTS, EVENTS, small ? 100 : EVENTS];
          const rooms = sizes.map((size) => new PlacesRoom(size));
          const joined = within(() => joinPlaces(pages, ordered, among, rooms, () => false));
          const inside = wanted.filter((seq) => maskHas(among, seq));
          if (scattered === 0) first += 1;
          if (scattered === ordered.length - 1) last += 1;
          if (scattered === 0 && small && inside.length > 100) full += 1;
          expect(joined && seqsOf(joined)).toEqual(inside);
        },
      ),
      { numRuns: 100 },
    );
    expect(Math.min(first, last, full)).toBeGreaterThan(3);
  });

  it('are among those that are found loosely, which leave out long lists where few events are left', () => {
    const blocks = { first: 0, last: blockOf(EVENTS) };
    const finder = new WordFinder(db, 0);
    const word = fc
      .oneof(
        fc.constantFrom('again', 'everywhere', 'selfplay', 'cluster', 'once77'),
        fc.nat(terms.length - 1).map((place) => terms[place] ?? 'a'),
      )
      .map((text) => ({ kind: 'word' as const, word: text, prefix: false, category: true }));
    let more = 0;
    fc.assert(
      fc.property(fc.array(word, { minLength: 2, maxLength: 4 }), (parts) => {
        const nested = { kind: 'and' as const, parts: parts.slice(1) };
        const formula = { kind: 'and' as const, parts: [parts[0] ?? nested, nested] };
        const plain = parts
          .map(({ word: text }) => new Set(asked(text, false, true)))
          .reduce((some, other) => new Set([...some].filter((seq) => other.has(seq))));
        const exactly = finder.find(formula, blocks);
        expect(exactly && seqsOf(exactly.set)).toEqual([...plain]);
        const loosely = new Set(seqsOf(finder.find(formula, blocks, () => false, true)!.set));
        if (loosely.size > plain.size) more += 1;
        expect([...plain].filter((seq) => !loosely.has(seq))).toEqual([]);
      }),
      { numRuns: 100 },
    );
    expect(more).toBeGreaterThan(5);
  });

  it('stop when they are told to', () => {
    const pages = new WordPages(db);
    const plan = pages.plan('again', true, true);
    expect(plan && pages.read(plan, new SeqSet(0, 2), () => true)).toBe(false);
  });
});

it('keeps the seqs of its blocks, and no others', () => {
  const set = new SeqSet(1, 2);
  for (const seq of [1, SLOTS, SLOTS + 1, 2 * SLOTS + 7, 3 * SLOTS, 3 * SLOTS + 1]) set.add(seq);
  expect([set.size, set.mask(0), set.mask(3)]).toEqual([3, false, false]);
});

it('are told by their beginning where they are few', () => {
  const pages = new WordPages(db);
  const some = fc.nat(terms.length - 1).chain((place) =>
    fc.nat(8).map((length) =>
      Array.from(terms[place] ?? '')
        .slice(0, 1 + length)
        .join(''),
    ),
  );
  let few = 0;
  fc.assert(
    fc.property(fc.oneof(some, fc.constantFrom('again', 'nowhere', LONG, 'w', '\u{10ffff}')), (beginning) => {
      const wanted = terms.filter((term) => term.startsWith(beginning));
      const told = within(() => pages.beginning(beginning));
      if (told === null) return;
      few += 1;
      expect([...told].sort()).toEqual([...wanted].sort());
    }),
  );
  expect(few).toBeGreaterThan(10);
  expect(within(() => pages.beginning('once1'))).toBeNull();
  expect(within(() => pages.beginning('agai'))).toEqual(['again']);
});
