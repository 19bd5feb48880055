import {
  checkFields,
  type RecordChange,
  type RecordCondition,
  type RecordFields,
  type RecordOf,
  type RecordQuery,
  type RecordTable,
  type RecordWhere,
} from '../../db/records';
import type { ChangeOutcome } from './writer/protocol';
import type { ReaderPool } from './readers/reader-pool';
import type { WriterClient } from './writer/writer-client';

/** Field values that must all hold, as a condition. */
export function matching(fields: RecordFields): RecordWhere {
  const conditions = Object.entries(fields).map(([field, value]): RecordCondition => ({
    field,
    operator: 'eq',
    value,
  }));
  return { conditions };
}

/** The tables of accounts, from the main thread: changes go through the writer thread, questions to the readers. */
export class Records {
  constructor(
    private readonly writer: Pick<WriterClient, 'write'>,
    private readonly readers: Pick<ReaderPool, 'ask'>,
  ) {}

  /** Applies all changes in one transaction and resolves, once it is on disk, to the rows that each changed. */
  async change(...changes: readonly RecordChange[]): Promise<readonly number[]> {
    for (const change of changes) {
      if (change.change !== 'delete') checkFields(change.table, Object.keys(change.fields));
      if (change.change !== 'insert') checkWhere(change.table, change.where);
    }
    const outcomes = await this.writer.write(changes.map((change) => ({ kind: 'record', change }) as const));
    return outcomes.map((outcome) => (outcome as ChangeOutcome).changed);
  }

  async find<Name extends RecordTable>(
    query: RecordQuery & { readonly table: Name },
  ): Promise<RecordOf<Name>[]> {
    checkWhere(query.table, query.where);
    if (query.orderBy) checkFields(query.table, [query.orderBy.field]);
    return (await this.readers.ask('findRecords', query)) as unknown as RecordOf<Name>[];
  }

  /** The first record with these values; null when there is none. */
  async one<Name extends RecordTable>(table: Name, fields: RecordFields): Promise<RecordOf<Name> | null> {
    const [found] = await this.find({ table, where: matching(fields), limit: 1 });
    return found ?? null;
  }

  async count(table: RecordTable, where: RecordWhere = { conditions: [] }): Promise<number> {
    checkWhere(table, where);
    return this.readers.ask('countRecords', table, where);
  }
}

function checkWhere(table: RecordTable, { conditions }: RecordWhere): void {
  checkFields(
    table,
    conditions.map(({ field }) => field),
  );
}
