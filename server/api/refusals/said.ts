import type { z } from 'zod';

/** What is wrong with something that came from outside: where, and what to give instead. Of several mistakes the first. */
export function lineOf({ issues: [issue] }: Pick<z.ZodError, 'issues'>): string {
  if (issue === undefined) return 'not valid';
  const place = issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  return `${place}${said(issue)}`;
}

/** Zod's own words name its inner ways; those of a schema's author stay as they are. */
function said(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `there is no field ${issue.keys.join(', ')}`;
  if (issue.code === 'invalid_value' && issue.message.startsWith('Invalid'))
    return `give ${issue.values
      .map(String)
      .join(', ')
      .replace(/, ([^,]*)$/, ' or $1')}`;
  if ((issue.code === 'too_big' || issue.code === 'too_small') && issue.message.startsWith('Too '))
    return `give ${size(issue)}`;
  const [, wanted, given] = /^Invalid input: expected (\w+), received (\w+)$/.exec(issue.message) ?? [];
  if (wanted === undefined || given === undefined) return issue.message;
  if (wanted === 'int' && given === 'number') return `give ${named(wanted)}`;
  return given === 'undefined'
    ? `missing: give ${named(wanted)}`
    : `give ${named(wanted)}, not ${named(given)}`;
}

function size(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): string {
  const [limit, bound] =
    issue.code === 'too_big'
      ? [issue.maximum, issue.inclusive === false ? 'below' : 'at most']
      : [issue.minimum, issue.inclusive === false ? 'above' : 'at least'];
  const unit = COUNTED[issue.origin];
  if (unit === undefined) return `a number${bound.startsWith('at') ? ' of' : ''} ${bound} ${limit}`;
  return `${bound} ${limit} ${Number(limit) === 1 ? unit : `${unit}s`}`;
}

const COUNTED: Readonly<Record<string, string>> = { string: 'character', array: 'value' };

const NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  null: 'null',
  Infinity: 'Infinity',
  NaN: 'NaN',
};

function named(type: string): string {
  return NAMES[type] ?? `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}
