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
  const [, wanted, given] = /^Invalid input: expected (\w+), received (\w+)$/.exec(issue.message) ?? [];
  if (wanted === undefined || given === undefined) return issue.message;
  return given === 'undefined'
    ? `missing: give ${named(wanted)}`
    : `give ${named(wanted)}, not ${named(given)}`;
}

const NAMES: Readonly<Record<string, string>> = { string: 'text', int: 'a whole number', null: 'null' };

function named(type: string): string {
  return NAMES[type] ?? `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}
