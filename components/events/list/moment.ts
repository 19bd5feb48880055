import { formatTime, isFar, isShowable } from '@/components/ui/time/time-format';

/**
 * A row's time: day and time to the millisecond; with the year, instead of the milliseconds, where it is far from `from`.
 * @param zone undefined: the viewer's own.
 * @param from the moment that ages count from, epoch seconds
 */
export function formatMoment(at: number, zone: string | undefined, from: number): string {
  if (isFar(at, from)) return formatTime(at, 'datetime', zone, 0);
  const text = formatTime(at, 'precise', zone, 0);
  return isShowable(at) ? text.slice(5) : text;
}

/** For `<time dateTime>`; undefined for a time that no calendar has. */
export function isoOf(at: number): string | undefined {
  return isShowable(at) ? new Date(at * 1000).toISOString() : undefined;
}
