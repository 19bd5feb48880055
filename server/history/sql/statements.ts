import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../../db/client';

/** Prepared statements by their text. */
export class Statements {
  readonly #prepared = new Map<string, Statement>();

  constructor(private readonly db: Connection) {}

  all<Row>(sql: string, params: readonly unknown[]): Row[] {
    let statement = this.#prepared.get(sql);
    if (!statement) {
      // A filter has many shapes: keep the commonest hundred prepared.
      if (this.#prepared.size > 100) this.#prepared.clear();
      statement = this.db.prepare(sql);
      this.#prepared.set(sql, statement);
    }
    return statement.all(...params) as Row[];
  }
}
