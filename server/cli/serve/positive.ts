import { CliError } from '../common/cli-error';

/** A number above 0 of an option, `most` at most. Throws CliError. */
export function positive(name: string, text: string, most = Infinity): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0 && value <= most) return value;
  const range = most === Infinity ? 'greater than 0' : `above 0, ${most} at most`;
  throw new CliError(`${name}: give a number ${range}, not "${text}"`);
}
