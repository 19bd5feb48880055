import { formatElo, NONE, withMinus } from '../../ui/format';
import type { Range } from './extent';

export interface Scale {
  readonly domain: Range;
  readonly ticks: readonly number[];
  /** Distance of two ticks. */
  readonly step: number;
}

/** The next of 1, 2, 2.5, 5 × 10ⁿ at or above; of 1 to 10 whole ones only, for what is counted. */
function niceStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const share = raw / power;
  const nices = power === 1 ? [1, 2, 5] : [1, 2, 2.5, 5];
  return (nices.find((nice) => share <= nice * (1 + 1e-9)) ?? 10) * power;
}

function multiples(from: number, to: number, step: number): number[] {
  const ticks: number[] = [];
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  for (let index = first; index <= last && ticks.length < 100; index += 1) {
    // 3 × 0.1 is 0.30000000000000004.
    ticks.push(Number((index * step).toPrecision(12)));
  }
  return ticks;
}

/** What differs by less is drawn as one value, and what is nearer to zero as zero: a step of 10⁻³²³ could not be reckoned with. */
const SMALLEST = 1e-12;

/** What lies beyond is drawn out of sight: the distance of two larger numbers need not be one. */
const LARGEST = 1e300;
const within = (value: number): number => Math.min(LARGEST, Math.max(-LARGEST, value));

/** A y axis around the values: it begins and ends on a tick, with about `count` of them, `least` apart. */
export function niceScale(range: Range, count: number, least = 0): Scale {
  const [low, high] = [within(range[0]), within(range[1])];
  const span = high - low;
  const wide = span > Math.max(Math.abs(low), Math.abs(high)) * 1e-9 + SMALLEST;
  const size = Math.abs(low);
  // Around one small number, a learning rate say, an axis of whole ones would show nothing.
  const pad = size > SMALLEST && size < 1 ? size / 2 : Math.max(size * 0.05, 0.5);
  const [bottom, top] = wide ? [low, high] : [low - pad, high + pad];
  const step = niceStep(Math.max(least, (top - bottom) / Math.max(1, count)));
  const domain: Range = [Math.floor(bottom / step + 1e-9) * step, Math.ceil(top / step - 1e-9) * step];
  return { domain, ticks: multiples(domain[0], domain[1], step), step };
}

/** The same axis, less of the room above the values: a low picture has no height to spare. */
export function trimmed(scale: Scale, high: number): Scale {
  const part = scale.step / 4;
  const top = Math.min(scale.domain[1], Math.ceil(high / part - 1e-9) * part);
  return { ...scale, domain: [scale.domain[0], top], ticks: scale.ticks.filter((tick) => tick <= top) };
}

/** Ticks on a number axis that has to keep its ends, at least `least` apart. */
export function numberTicks([from, to]: Range, count: number, least = 0): Scale {
  const step = niceStep(Math.max(least, (to - from) / Math.max(1, count)));
  return { domain: [from, to], ticks: multiples(from, to, step), step };
}

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
const TIME_STEPS = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 4, 7, 14, 28, 56, 91, 182, 365].map((days) => days * DAY),
];

/** Ticks on a time axis, on whole minutes, hours and days of a zone. `offset`: seconds that the zone is ahead of UTC at a moment. */
export function timeTicks([from, to]: Range, count: number, offset: (at: number) => number): Scale {
  const raw = (to - from) / Math.max(1, count);
  const step = TIME_STEPS.find((candidate) => candidate >= raw) ?? niceStep(raw / DAY) * DAY;
  const ticks: number[] = [];
  const start = Math.floor((from + offset(from)) / step);
  for (let index = start; ticks.length < 100; index += 1) {
    const local = index * step;
    // Twice, because the offset has to be the one at the tick: daylight saving may begin in between.
    const at = local - offset(local - offset(local));
    if (at > to) break;
    if (at >= from) ticks.push(at);
  }
  return { domain: [from, to], ticks, step };
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Ticks so far apart span years, or soon do. */
const YEARS_STEP = 56 * DAY;

/** 14:05; 14:05:30 where ticks are seconds apart; the day at midnight and where ticks are days apart, month and year where months. */
export function timeTickText(at: number, step: number, offset: (at: number) => number): string {
  const local = at + offset(at);
  const midnight = Math.abs(local - Math.round(local / DAY) * DAY) < 0.5;
  const date = new Date(local * 1000);
  if (Number.isNaN(date.getTime())) return '';
  const month = MONTHS[date.getUTCMonth()] ?? '';
  if (step >= YEARS_STEP) return `${month} ${date.getUTCFullYear()}`;
  if (step >= DAY || midnight) return `${date.getUTCDate()} ${month}`;
  const time = date.toISOString();
  return step < MINUTE ? time.slice(11, 19) : time.slice(11, 16);
}

export const utcOffset = (): number => 0;

/** Seconds that this browser's zone is ahead of UTC at a moment. */
export function localOffset(at: number): number {
  const minutes = new Date(at * 1000).getTimezoneOffset();
  return Number.isNaN(minutes) ? 0 : -minutes * 60;
}

const GROUPED = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
/** The British short form of a million is an m, which reads as milli. */
const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 2 });

/** The unit whose figures are ratings, which are never grouped. */
const RATING = 'Elo';

/** A tick with as many decimals as its neighbours differ by. */
export function numberTickText(value: number, step: number, unit?: string): string {
  // What nobody is rated stays short.
  const rating = unit === RATING && Math.abs(value) < 100_000;
  return rating ? formatElo(value, decimalsOf(step)) : withMinus(tickText(value, step));
}

function tickText(value: number, step: number): string {
  if (Math.abs(value) >= 1e15) return value.toExponential(1).replace('e+', 'e');
  // By the step too, so that one axis has not 100K above 50,000.
  if (Math.abs(value) >= 100_000 || step >= 10_000) return COMPACT.format(value);
  if (step < 1e-6) return value === 0 ? '0' : value.toExponential(1);
  const digits = decimalsOf(step);
  return digits === 0 ? GROUPED.format(value) : value.toFixed(digits);
}

/** How many decimals a step of 0.25 needs. */
function decimalsOf(step: number): number {
  let digits = 0;
  while (digits < 7 && Math.abs(step * 10 ** digits - Math.round(step * 10 ** digits)) > 1e-6) digits += 1;
  return digits;
}

const PRECISE = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 5 });

/** A value as tooltip and table tell it: five figures, whole thousands grouped; ratings as everywhere. */
export function valueText(value: number | null, unit: string | undefined): string {
  const text = figureText(value, unit);
  return unit === undefined || text === NONE ? text : `${text} ${unit}`;
}

/** The same where the unit is said already. */
export function figureText(value: number | null, unit: string | undefined): string {
  if (value === null || !Number.isFinite(value)) return NONE;
  if (unit === RATING) return formatElo(value);
  return withMinus((Math.abs(value) >= 10_000 ? GROUPED : PRECISE).format(value));
}
