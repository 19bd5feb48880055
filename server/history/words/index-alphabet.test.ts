import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { indexWords } from '../../../domain/events/text/index-alphabet';

/** The words that SQLite's own tokenizer makes of each text. */
function wordsInSqlite(texts: readonly string[]): string[][] {
  const db = new Database(':memory:');
  db.exec(`
    CREATE VIRTUAL TABLE t USING fts5(x, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
    CREATE VIRTUAL TABLE v USING fts5vocab(t, 'instance')`);
  const insert = db.prepare('INSERT INTO t (rowid, x) VALUES (?, ?)');
  db.transaction(() => texts.forEach((text, index) => insert.run(index, text)))();
  const words: string[][] = texts.map(() => []);
  const rows = db
    .prepare<[], { doc: number; term: string; offset: number }>('SELECT doc, term, offset FROM v')
    .all();
  for (const { doc, term, offset } of rows) words[doc]![offset] = term;
  db.close();
  return words;
}

describe('the words of a text', () => {
  it('are those of the full-text index, for every character of the first two planes', () => {
    const texts: string[] = [];
    for (let point = 0; point < 0x20000; point++)
      if (point < 0xd800 || point > 0xdfff) texts.push(`q${String.fromCodePoint(point)}z`);
    const expected = wordsInSqlite(texts);
    const different = texts.filter(
      (text, index) => indexWords(text).join(' ') !== expected[index]!.join(' '),
    );
    expect(different).toEqual([]);
  });

  it.each([
    '\u0308abc',
    'a \u0308 b',
    '\u0308',
    'gh200-a',
    'été_ÉTÉ',
    '한국어',
    'ΣΊΣΥΦΟΣ',
    'x\0y',
    'done🧠now',
    '💥a',
  ])('are those of the full-text index in %j', (text) => {
    expect(indexWords(text)).toEqual(wordsInSqlite([text])[0]);
  });
});
