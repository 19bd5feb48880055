import { normaliseEventType } from '../../../domain/events';
import { CATEGORIES } from '../../../domain/events/catalogue/categories';
import { parseQuery, pointAt } from '../../../domain/query';
import { CliError } from '../common/cli-error';

/** Options with which a command chooses events. */
export interface FilterOptions {
  readonly type?: string;
  readonly category?: string;
  readonly config?: string;
  readonly node?: string;
  readonly query?: string;
}

/** Names between commas. Throws CliError where there is none: that would choose every event. */
function list(
  option: 'type' | 'category' | 'config' | 'node',
  text: string | undefined,
): string[] | undefined {
  const names = text?.split(',').flatMap((part) => part.trim() || []);
  if (names?.length === 0) throw new CliError(`--${option}: give at least one name, or leave it out`);
  return names;
}

/** The filter on the wire: the query still as text. Throws CliError for an unknown category, and shows where the query is wrong. */
export function filterOf(options: FilterOptions) {
  const parsed = parseQuery(options.query ?? '');
  if (!parsed.ok)
    throw new CliError(`the query has a mistake:\n${pointAt(options.query ?? '', parsed.mistakes[0])}`);
  return {
    type: list('type', options.type)?.map(normaliseEventType),
    category: list('category', options.category)?.map(categoryOf),
    config: list('config', options.config),
    node: list('node', options.node),
    q: options.query,
  };
}

function categoryOf(name: string): string {
  if (CATEGORIES.some(({ id }) => id === name)) return name;
  throw new CliError(`--category: give ${CATEGORIES.map(({ id }) => id).join(', ')}; there is no ${name}`);
}

/** How many past events to begin with, as the server takes it. Throws CliError. */
export function linesOption(text: string): number {
  const lines = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (lines >= 1 && lines <= 1_000) return lines;
  throw new CliError('-n: give a whole number from 1 to 1,000');
}

/** A time as queries write it (`2h`, ISO 8601, epoch seconds), in epoch seconds. Throws CliError. */
export function timeOption(
  name: 'since' | 'until',
  text: string | undefined,
  now: number,
): number | undefined {
  if (text === undefined) return undefined;
  const parsed = parseQuery(`${name}:${text.trim()}`);
  if (!parsed.ok || parsed.node.kind !== 'time')
    throw new CliError(`--${name}: give a time such as 2h, 7d, 2026-11-27T10:00 or epoch seconds`);
  const { moment } = parsed.node;
  return 'at' in moment ? moment.at : now - moment.ago;
}
