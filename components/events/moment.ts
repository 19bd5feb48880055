import { formatTime, isShowable } from '@/components/ui/time-format';

/**
 * A row's time: day and time to the millisecond, without the year.
 * @param zone undefined: the viewer's own.
 */
export function formatMoment(at: number, zone: string | undefined): string {
  const text = formatTime(at, 'precise', zone, 0);
  return isShowable(at) ? text.slice(5) : text;
}

/** For `<time dateTime>`; undefined for a time that no calendar has. */
export function isoOf(at: number): string | undefined {
  return isShowable(at) ? new Date(at * 1000).toISOString() : undefined;
}
