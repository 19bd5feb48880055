import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../../db/client';
import { WRITERS, type ExportFormat } from '../../../domain/export';
import { BETWEEN, lineSql } from './line-sql';
import { plainCells } from './plain-cells';

export type Order = 'asc' | 'desc';

/** Payloads of more bytes than this are not read together. */
const MOST_BYTES = 1024 * 1024;
/** So many events with payloads of at most so many bytes each are no more than that. */
const LIGHT_EVENTS = 64;
const LIGHT_BYTES = MOST_BYTES / LIGHT_EVENTS;

/** All but the first are null where there are none. */
type Together = [events: number, end: number, names: string, oddTime: 0 | 1, bytes: Buffer];
type Single = [seq: number, names: string, oddTime: 0 | 1, bytes: Buffer];

/** Lines of some events, one after the other. */
export interface Lines {
  readonly events: number;
  /** The seq of the last of them. */
  readonly end: number;
  readonly bytes: Buffer;
}

/**
 * Reads the lines of many events with one statement, as bytes that SQLite puts together: to make a text of each event and to
 * encode it again was half of an export's time. Events with a name that needs an escape, or of before 2004, are written by
 * the format's own writer.
 */
export class LineReader {
  readonly #weigh: Statement<number[], [events: number, bytes: number, end: number]>;
  readonly #together: Statement<number[], Together>;
  /** Of the same events those that are light enough for many of them to be read at once unweighed. */
  readonly #light: Statement<number[], Together>;
  readonly #singly: Statement<number[], Single>;
  readonly #plain: ReturnType<typeof plainCells>;
  readonly #special: RegExp;
  /** The events before were to be written one by one: so are the next ones, mostly. */
  #mixed = false;

  /** @param where SQL of the events, `e`; its parameters are given to `read` */
  constructor(
    db: Connection,
    private readonly format: ExportFormat,
    where: string,
    private readonly order: Order,
  ) {
    const { line, names, special, oddTime } = lineSql(format);
    const rowsOf = (which: string): string => `FROM events e WHERE ${which} ORDER BY e.seq ${order}`;
    const rows = rowsOf(where);
    const end = order === 'asc' ? 'max' : 'min';
    this.#special = special;
    this.#plain = plainCells(db);
    // The length stands at the beginning of a row: no text is read for it.
    this.#weigh = db
      .prepare<number[], [number, number, number]>(
        `SELECT count(*), total(bytes), ${end}(seq) FROM (SELECT e.seq AS seq, octet_length(e.payload) AS bytes ${rows} LIMIT ?)`,
      )
      .raw();
    // Without a limit: SQLite takes twice as long with one.
    const together = (which: string): Statement<number[], Together> =>
      db
        .prepare<number[], Together>(
          `SELECT count(*), ${end}(seq), group_concat(names, ''), max(odd), CAST(group_concat(line, '') AS BLOB) ` +
            `FROM (SELECT e.seq AS seq, ${names} AS names, ${oddTime} AS odd, ${line} AS line ${rowsOf(which)})`,
        )
        .raw();
    this.#together = together(where);
    this.#light = together(`${where} AND octet_length(e.payload) <= ${String(LIGHT_BYTES)}`);
    this.#singly = db
      .prepare<number[], Single>(`SELECT e.seq, ${names}, ${oddTime}, CAST(${line} AS BLOB) ${rows}`)
      .raw();
  }

  /**
   * Of a list of so many events, padded or not; null where there are none. Events that lie apart take a third longer to be
   * weighed first, so that is done only where one of them is heavy, or gone.
   */
  readList(seqs: readonly number[], count: number, first: boolean): Lines | null {
    const light = this.#mixed || count > LIGHT_EVENTS ? null : this.#allAtOnce(this.#light, seqs, first);
    return light?.events === count ? light : this.read(seqs, count, first);
  }

  /** Of the first `most` of the events, or of fewer where they are large; null where there are none. */
  read(where: readonly number[], most: number, first: boolean): Lines | null {
    const [found, weight, end] = this.#weigh.get(...where, most) ?? [0, 0, 0];
    if (found === 0) return null;
    if (weight > MOST_BYTES && found > 1)
      return this.read(where, Math.max(1, Math.floor((found * MOST_BYTES) / weight)), first);
    // Both a range and a list end there.
    const upTo = where.map((seq) => (this.order === 'asc' ? Math.min(seq, end) : Math.max(seq, end)));
    return (this.#mixed ? null : this.#allAtOnce(this.#together, upTo, first)) ?? this.#oneByOne(upTo, first);
  }

  /** Null where one is to be written in another way, or none is there any more. */
  #allAtOnce(
    together: Statement<number[], Together>,
    where: readonly number[],
    first: boolean,
  ): Lines | null {
    const row = together.get(...where);
    if (row === undefined || row[0] === 0) return null;
    const [events, end, names, oddTime, bytes] = row;
    if (oddTime === 1 || this.#special.test(names)) return null;
    return { events, end, bytes: this.#begun(bytes, first) };
  }

  #oneByOne(where: readonly number[], first: boolean): Lines | null {
    const parts: Buffer[] = [];
    let [end, special] = [0, 0];
    for (const [seq, names, oddTime, bytes] of this.#singly.all(...where)) {
      const isFirst = first && parts.length === 0;
      end = seq;
      if (oddTime === 0 && !this.#special.test(names)) parts.push(this.#begun(bytes, isFirst));
      else {
        special += 1;
        const cells = this.#plain(seq);
        // It may have been removed meanwhile.
        if (cells !== null) parts.push(Buffer.from(WRITERS[this.format].event(cells, isFirst)));
      }
    }
    this.#mixed = special > 0;
    return end === 0 ? null : { events: parts.length, end, bytes: Buffer.concat(parts) };
  }

  #begun(bytes: Buffer, first: boolean): Buffer {
    return first && this.format === 'json' ? bytes.subarray(BETWEEN.length) : bytes;
  }
}
