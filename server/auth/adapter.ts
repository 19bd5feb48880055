import { createAdapterFactory, type CleanedWhere, type CustomAdapter } from 'better-auth/adapters';
import {
  isRecordTable,
  type RecordFields,
  type RecordTable,
  type RecordValue,
  type RecordWhere,
} from '../../db/records';
import type { Records } from '../history/records';

/**
 * better-auth's database: it asks in promises, so it goes through the writer and reader threads like everything else
 * (decision 0041). Times are kept as epoch seconds.
 */
export function recordsAdapter(records: Records) {
  return createAdapterFactory({
    config: {
      adapterId: 'ringside',
      adapterName: 'Ringside',
      usePlural: true,
      supportsBooleans: false,
      supportsNumericIds: false,
      customTransformInput: ({ data }: { data: unknown }) =>
        data instanceof Date ? data.getTime() / 1000 : data,
      customTransformOutput: ({
        data,
        fieldAttributes,
      }: {
        data: unknown;
        fieldAttributes: { type: unknown };
      }) => (fieldAttributes.type === 'date' && typeof data === 'number' ? new Date(data * 1000) : data),
    },
    adapter: () => customAdapter(records),
  });
}

function customAdapter(records: Records): CustomAdapter {
  const find = (model: string, where: readonly CleanedWhere[], limit: number) =>
    records.find({ table: tableOf(model), where: whereOf(where), limit });
  const remove = async (model: string, where: readonly CleanedWhere[]): Promise<number> => {
    const [changed] = await records.change({
      change: 'delete',
      table: tableOf(model),
      where: whereOf(where),
    });
    return changed ?? 0;
  };
  const update = async (model: string, where: readonly CleanedWhere[], fields: unknown): Promise<number> => {
    const [changed] = await records.change({
      change: 'update',
      table: tableOf(model),
      where: whereOf(where),
      fields: fields as RecordFields,
    });
    return changed ?? 0;
  };
  return {
    create: async ({ model, data }) => {
      const table = tableOf(model);
      const [changed] = await records.change({ change: 'insert', table, fields: data });
      if (changed !== 1) throw new Error(`the new record of ${table} is there already`);
      return data;
    },
    update: async <T>({
      model,
      where,
      update: fields,
    }: {
      model: string;
      where: CleanedWhere[];
      update: T;
    }) => {
      const [before] = await find(model, where, 1);
      if (!before) return null;
      await update(model, [idWhere(before.id)], fields);
      const [after] = await find(model, [idWhere(before.id)], 1);
      return (after ?? null) as T | null;
    },
    updateMany: ({ model, where, update: fields }) => update(model, where, fields),
    findOne: async <T>({ model, where }: { model: string; where: CleanedWhere[] }) => {
      const [found] = await find(model, where, 1);
      return (found ?? null) as T | null;
    },
    findMany: async <T>(query: {
      model: string;
      where?: CleanedWhere[] | undefined;
      limit: number;
      offset?: number | undefined;
      sortBy?: { field: string; direction: 'asc' | 'desc' } | undefined;
    }) => {
      const { model, where = [], limit, offset, sortBy } = query;
      const found = await records.find({
        table: tableOf(model),
        where: whereOf(where),
        limit,
        ...(offset === undefined ? {} : { offset }),
        ...(sortBy === undefined ? {} : { orderBy: sortBy }),
      });
      return found as T[];
    },
    delete: async ({ model, where }) => {
      await remove(model, where);
    },
    deleteMany: ({ model, where }) => remove(model, where),
    count: ({ model, where = [] }) => records.count(tableOf(model), whereOf(where)),
  };
}

function idWhere(id: string): CleanedWhere {
  return { field: 'id', value: id, operator: 'eq', connector: 'AND', mode: 'sensitive' };
}

function tableOf(model: string): RecordTable {
  if (isRecordTable(model)) return model;
  throw new Error(`better-auth asked for a table that Ringside does not keep: ${model}`);
}

/** Throws for what our tables cannot be asked: patterns, and AND beside OR. */
function whereOf(where: readonly CleanedWhere[]): RecordWhere {
  const any = where.length > 1 && where.slice(1).every(({ connector }) => connector === 'OR');
  if (!any && where.some(({ connector }) => connector === 'OR'))
    throw new Error('better-auth asked for a mixture of AND and OR');
  const conditions = where.map(({ field, operator, value }) => {
    if (
      operator === 'not_in' ||
      operator === 'contains' ||
      operator === 'starts_with' ||
      operator === 'ends_with'
    )
      throw new Error(`better-auth asked by ${operator}`);
    return { field, operator, value: value as RecordValue | readonly RecordValue[] };
  });
  return { conditions, any };
}
