import { formatTime, isShowable } from '@/components/ui/time-format';

/**
 * A row's time: day and time to the millisecond, because hundreds of rows may share a second.
 * @param zone undefined: the viewer's own.
 */
export function formatMoment(at: number, zone: string | undefined): string {
  if (!isShowable(at)) return formatTime(at, 'datetime', zone, 0);
  // Rounded before it is split, so that seconds and milliseconds come from the same number.
  const ms = Math.round(at * 1000);
  const fraction = String(((ms % 1000) + 1000) % 1000).padStart(3, '0');
  return `${formatTime(Math.floor(ms / 1000), 'datetime', zone, 0).slice(5)}.${fraction}`;
}

/** For `<time dateTime>`; undefined for a time that no calendar has. */
export function isoOf(at: number): string | undefined {
  return isShowable(at) ? new Date(at * 1000).toISOString() : undefined;
}
