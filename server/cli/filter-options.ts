import { normaliseEventType } from '../../domain/events';
import { parseQuery, pointAt } from '../../domain/query';
import { CliError } from './cli-error';

/** Options with which a command chooses events. */
export interface FilterOptions {
  readonly type?: string;
  readonly category?: string;
  readonly config?: string;
  readonly node?: string;
  readonly query?: string;
}

const list = (text: string | undefined): string[] | undefined => text?.split(',').map((part) => part.trim());

/** The filter on the wire: the query still as text. Throws CliError that shows where the query is wrong. */
export function filterOf(options: FilterOptions) {
  const parsed = parseQuery(options.query ?? '');
  if (!parsed.ok)
    throw new CliError(`the query has a mistake:\n${pointAt(options.query ?? '', parsed.mistakes[0])}`);
  return {
    type: list(options.type)?.map(normaliseEventType),
    category: list(options.category),
    config: list(options.config),
    node: list(options.node),
    q: options.query,
  };
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
