import type { DeadLetterFilter, DeadLetterSelection } from './letter-types';

export interface LetterSql {
  readonly where: string;
  readonly params: readonly (string | number)[];
}

/** The SQL of a filter of dead letters. Text from outside reaches SQLite as bound values only. */
export function letterFilterSql(filter: DeadLetterFilter): LetterSql {
  const conditions = ['status = ?'];
  const params: (string | number)[] = [filter.status ?? 'open'];
  const add = (condition: string, value: string | undefined): void => {
    if (value === undefined) return;
    conditions.push(condition);
    params.push(value);
  };
  add('kind = ?', filter.kind);
  add('event_type = ?', filter.eventType);
  add('reference = ?', filter.reference);
  // `instr`, not LIKE: a reason may hold percent signs and underscores, and so may what is looked for.
  add('instr(lower(reason), lower(?)) > 0', filter.text);
  return { where: conditions.join(' AND '), params };
}

/** The SQL of a selection of open letters; a list of ids travels as one value, however long. */
export function letterSelectionSql(selection: DeadLetterSelection): LetterSql {
  if ('ids' in selection) {
    const where = "status = 'open' AND id IN (SELECT value FROM json_each(?))";
    return { where, params: [JSON.stringify(selection.ids)] };
  }
  const { where, params } = letterFilterSql({ ...selection.filter, status: 'open' });
  return { where: `${where} AND id <= ?`, params: [...params, selection.upToId] };
}
