/** 24-hour times from epoch seconds; formatters are kept, because making one costs more than using it. */
const formatters = new Map<string, Intl.DateTimeFormat>();

const TIME = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
const DATE = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;

/** `zone` undefined: the viewer's own. */
function parts(at: number, zone: string | undefined): ReadonlyMap<string, string> {
  const key = zone ?? 'viewer';
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-GB', { ...DATE, ...TIME, timeZone: zone });
    formatters.set(key, formatter);
  }
  return new Map(formatter.formatToParts(at * 1000).map((part) => [part.type, part.value]));
}

export type TimeFormat = 'time' | 'date' | 'datetime' | 'precise' | 'auto' | 'minute';

/** Dates beyond what a Date can hold come from broken payloads; they are shown as such. */
export function isShowable(at: number): boolean {
  return Number.isFinite(at) && Math.abs(at) <= 8_640_000_000_000;
}

/** Seconds beyond which a month and a day no longer say which year. */
const YEAR_NEEDED = 300 * 86_400;

/** Whether a moment is to be told with its year. `from`: where ages count from, epoch seconds. */
export const isFar = (at: number, from: number): boolean => Math.abs(from - at) > YEAR_NEEDED;

/**
 * `auto`: the time alone on the day of `now`, else with its date; with its year, instead of the seconds, where that is far
 * from `from`, the moment that ages count from. `minute`: the same without seconds, for what is foreseen. `precise`: date and time to the millisecond, because hundreds of events may share a second.
 */
export function formatTime(
  at: number,
  format: TimeFormat,
  zone: string | undefined,
  now: number,
  from = now,
): string {
  if (!isShowable(at)) return 'invalid time';
  if (format === 'precise') return precise(at, zone);
  const part = parts(at, zone);
  const get = (name: string): string => part.get(name) ?? '';
  const date = `${get('year')}-${get('month')}-${get('day')}`;
  const time = `${get('hour')}:${get('minute')}:${get('second')}`;
  if (format === 'time') return time;
  if (format === 'date') return date;
  if (format === 'datetime') return `${date} ${time}`;
  if (isFar(at, from)) return `${date} ${time.slice(0, 5)}`;
  const today = parts(now, zone);
  const sameDay = today.get('day') === part.get('day') && Math.abs(now - at) < 86_400;
  const told = format === 'minute' ? time.slice(0, 5) : time;
  return sameDay ? told : `${get('month')}-${get('day')} ${told}`;
}

function precise(at: number, zone: string | undefined): string {
  // Rounded before it is split, so that seconds and milliseconds come from the same number.
  const ms = Math.round(at * 1000);
  const fraction = String(((ms % 1000) + 1000) % 1000).padStart(3, '0');
  return `${formatTime(Math.floor(ms / 1000), 'datetime', zone, 0)}.${fraction}`;
}

/** 2026-11-23 15:46:51.250 UTC */
export function formatUtc(at: number): string {
  if (!isShowable(at)) return 'invalid time';
  return `${new Date(at * 1000).toISOString().replace('T', ' ').replace('Z', '')} UTC`;
}
