import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireEvent } from '../events/envelope';
import { hostileText, rowOf, wireEvent } from './arbitraries.test-support';
import { EXPORT_COLUMNS } from './columns';
import { EventCounter } from './counter';
import { csvText } from './csv-line';
import { EXPORT_FORMATS, WRITERS, type ExportFormat } from './formats';
import { readLine } from './read-line';

const events = fc.array(wireEvent, { maxLength: 6 });

function written(format: ExportFormat, all: readonly WireEvent[]): string {
  const { start, end, event } = WRITERS[format];
  return `${start}${all.map((each, index) => event(rowOf(each), index === 0)).join('')}${end}`;
}

/** RFC 4180, the plainest way; null for a cell with nothing in it, not even quotes. */
function parseCsv(text: string): (string | null)[][] {
  const records: (string | null)[][] = [];
  let record: (string | null)[] = [];
  let at = 0;
  while (at < text.length) {
    const quoted = /"((?:[^"]|"")*)"/y;
    const plain = /[^",\r\n]*/y;
    quoted.lastIndex = plain.lastIndex = at;
    const match = quoted.exec(text);
    const cell = match ? (match[1] ?? '').replaceAll('""', '"') : (plain.exec(text)?.[0] ?? '');
    at += match ? match[0].length : cell.length;
    record.push(!match && cell === '' ? null : cell);
    if (text[at] === ',') at += 1;
    else if (text.startsWith('\r\n', at)) {
      records.push(record);
      record = [];
      at += 2;
    } else throw new Error(`no end of a cell at ${at}: ${JSON.stringify(text.slice(at, at + 20))}`);
  }
  return records;
}

function eventOfRecord(record: readonly (string | null)[]): unknown {
  const cells = EXPORT_COLUMNS.map(([name, kind], column) => {
    const cell = record[column] ?? null;
    if (cell === null) return [name, null];
    if (kind === 'number') return [name, Number(cell)];
    if (kind === 'json') return [name, JSON.parse(cell) as unknown];
    return [name, cell.replace(/^'/, '')];
  });
  return Object.fromEntries(cells) as unknown;
}

describe('the formats of an export', () => {
  it('NDJSON holds each event on one line, as JSON.stringify writes it', () => {
    fc.assert(
      fc.property(events, (all) => {
        expect(written('ndjson', all)).toBe(all.map((each) => `${JSON.stringify(each)}\n`).join(''));
      }),
    );
  });

  it('JSON is one array, also of nothing', () => {
    fc.assert(
      fc.property(events, (all) => {
        expect(JSON.parse(written('json', all))).toEqual(all);
      }),
    );
    expect(JSON.parse(written('json', []))).toEqual([]);
  });

  it('CSV gives the events back, below the names of its columns', () => {
    fc.assert(
      fc.property(events, (all) => {
        const [header, ...records] = parseCsv(written('csv', all));
        expect(header).toEqual(EXPORT_COLUMNS.map(([name]) => name));
        expect(records.map(eventOfRecord)).toEqual(all);
      }),
    );
  });

  it('no cell of CSV begins as a formula does', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const cell = csvText(text);
        const shown = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
        expect(shown).not.toMatch(/^[=+\-@\t\r\n]/);
        expect(shown.replace(/^'/, '')).toBe(text);
      }),
    );
    expect(csvText('=HYPERLINK("x")')).toBe(`"'=HYPERLINK(""x"")"`);
  });

  it.each(EXPORT_FORMATS)('the events of %s can be counted in its bytes, however they are cut', (format) => {
    fc.assert(
      fc.property(events, fc.array(fc.nat(40), { minLength: 1 }), (all, cuts) => {
        const bytes = new TextEncoder().encode(written(format, all));
        const counter = new EventCounter(format);
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const end = at + (cuts[turn % cuts.length] ?? 0) + 1;
          counter.add(bytes.subarray(at, end));
          at = end;
        }
        expect(counter.events).toBe(all.length);
      }),
    );
  });
});

describe('readLine', () => {
  const line = (changes: Record<string, unknown>): string =>
    JSON.stringify({
      event_id: '01a20944-049f-750f-a276-990bf1b1395b',
      event_type: 'HOST_ONLINE',
      payload: {},
      source: 's',
      hostname: 'h',
      timestamp: 1,
      ...changes,
    });

  it.each([
    ['{"event_id":', /^not valid JSON: ./],
    ['7', /^no JSON object/],
    ['[', /array: export as ndjson/],
    [`${line({})},`, /array: export as ndjson/],
    [line({ event_id: 'x' }), /^event_id must be a UUID$/],
    [line({ event_type: undefined }), /^event_type is missing$/],
    [line({ payload: [] }), /^payload must be a JSON object$/],
    [line({ timestamp: '1' }), /^timestamp must be epoch seconds$/],
    [line({ origin: 'mars' }), /^origin must be one of data_bus, /],
    [line({ duplicate_of: 'x' }), /^duplicate_of must be a UUID or null$/],
  ])('says what is wrong with %s', (text, reason) => {
    expect(readLine(text)).toEqual({ ok: false, reason: expect.stringMatching(reason) as string });
  });

  it('takes over what it does not derive', () => {
    const read = readLine(
      line({ event_id: '01A20944-049F-750F-A276-990BF1B1395B', seq: 7, drift: 'x', more: 1 }),
    );
    expect(read).toMatchObject({ ok: true, event: { event_id: '01a20944-049f-750f-a276-990bf1b1395b' } });
    expect(read).not.toHaveProperty('event.seq');
  });
});
