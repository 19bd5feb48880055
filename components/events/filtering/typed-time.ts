import { isShowable } from '../../ui/time/time-format';

/** What somebody typed: a moment in epoch seconds, null for none, or why it is no time. */
export type TypedTime = { readonly at: number | null } | { readonly mistake: string };

const FORMS =
  'Write 2025-12-27 09:00, 12-27 09:00, 09:00 for that day, or 2h for so long before the newest event.';
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };
const DATED = /^(?:(\d{4})-)?(\d{1,2})-(\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;

/**
 * Reads a time as it stands everywhere on these pages, in the viewer's own zone; what is left out of it (year, day) is that
 * of `clock`, the newest event's time in epoch seconds. Also epoch seconds, and `30m`, `2h`, `7d` before `clock`.
 */
export function readTypedTime(typed: string, clock: number): TypedTime {
  const text = typed.trim();
  if (text === '') return { at: null };
  const ago = /^(\d{1,6}(?:\.\d+)?)\s*([smhdw])$/.exec(text);
  if (ago) return { at: Math.floor(clock - Number(ago[1]) * (SECONDS[ago[2] ?? ''] ?? 1)) };
  if (/^\d{9,12}(\.\d+)?$/.test(text)) return { at: Number(text) };
  const at = localTime(text, new Date(clock * 1000));
  return at === null ? { mistake: `This is no time. ${FORMS}` } : { at };
}

/** A moment as the field shows it: to the second, in the viewer's own zone. */
export function showTypedTime(at: number | undefined): string {
  if (at === undefined || !isShowable(at)) return '';
  const date = new Date(at * 1000);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 19)}`;
}

function localTime(text: string, now: Date): number | null {
  const [, year, month, day, hour, minute, second] = DATED.exec(text) ?? [];
  if (month !== undefined && day !== undefined) {
    const date = [Number(year ?? now.getFullYear()), Number(month), Number(day)] as const;
    return exactly(date, [Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0)]);
  }
  const clock = CLOCK.exec(text);
  if (!clock) return null;
  const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()] as const;
  return exactly(date, [Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0)]);
}

type Three = readonly [number, number, number];

/** `Date` takes 30 February for 2 March, and 25:00 for 01:00. */
function exactly([year, month, day]: Three, [hour, minute, second]: Three): number | null {
  if (hour > 23 || minute > 59 || second > 59) return null;
  const date = new Date(year, month - 1, day, hour, minute, second);
  return date.getMonth() === month - 1 && date.getDate() === day ? date.getTime() / 1000 : null;
}
