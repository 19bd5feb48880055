/** Numbers and durations as people read them; one place, so that a figure looks alike on every page. */

const GROUPED = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
/** As axes have it: the British short form of a million is an m, which reads as minutes here. */
const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

export const NONE = '–';

/** 32,874 */
export function formatCount(value: number | null): string {
  return value === null || !Number.isFinite(value) ? NONE : withMinus(GROUPED.format(value));
}

/** The minus sign, as wide as a plus, instead of a hyphen. */
export function withMinus(text: string): string {
  return text.replace(/^-/, '−');
}

/** 32.9K, for places without room. */
export function formatCompact(value: number | null): string {
  return value === null || !Number.isFinite(value) ? NONE : COMPACT.format(value);
}

/** A fixed number of decimals: 0.83 */
export function formatFixed(value: number | null, digits = 1): string {
  return value === null || !Number.isFinite(value) ? NONE : withMinus(value.toFixed(digits));
}

/** A rating, everywhere: never grouped, one decimal; whole points where more would pretend, on an axis or at the ends of an interval. */
export function formatElo(value: number | null, digits = 1): string {
  return formatFixed(value, digits);
}

/** A rate with as many decimals as it needs to be told from zero: 0.04, 3.2, 480. */
export function formatRate(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return NONE;
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1) return value.toFixed(2);
  return size < 100 ? value.toFixed(1) : GROUPED.format(value);
}

/** Events, games or steps in an hour: whole ones from ten on, 3.2 below, and no decimal that says nothing. */
export function formatHourly(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return NONE;
  return Number.isInteger(value) || Math.abs(value) >= 10 ? GROUPED.format(value) : formatRate(value);
}

/** A share 0..1 as 57 %. */
export function formatPercent(share: number | null): string {
  return share === null || !Number.isFinite(share) ? NONE : `${Math.round(share * 100)} %`;
}

/** A share 0..1 of games won, in tenths of a percent: what is decided by it may hang on one. */
export function formatWinRate(share: number | null): string {
  return share === null || !Number.isFinite(share) ? NONE : `${formatFixed(share * 100)} %`;
}

/** How likely it is that one is stronger than another, never rounded to certainty: > 99.9 %. */
export function formatSuperiority(share: number | null): string {
  if (share === null || !Number.isFinite(share)) return NONE;
  if (share > 0.9995) return '> 99.9 %';
  return share < 0.0005 ? '< 0.1 %' : formatWinRate(share);
}

/** Quality of games, 0 to 1, in three decimals: 0.598 is below 0.6, and must not look like it. */
export function formatQuality(value: number | null): string {
  return formatFixed(value, 3);
}

/** 1.4 MB, decimal units. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes) || bytes < 0) return NONE;
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value.toFixed(0) : value.toFixed(value < 10 ? 1 : 0)} ${units[power] ?? ''}`;
}

/** A span of seconds in its two largest units: 4 s, 3 min 20 s, 2 h 5 min, 3 d 4 h. */
export function formatDuration(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return NONE;
  const total = Math.max(0, Math.floor(seconds));
  if (total < 60) return `${total} s`;
  const [big, small, size, bigName, smallName] =
    total < 3600
      ? [Math.floor(total / 60), total % 60, 10, 'min', 's']
      : total < 86_400
        ? [Math.floor(total / 3600), Math.floor((total % 3600) / 60), 10, 'h', 'min']
        : [Math.floor(total / 86_400), Math.floor((total % 86_400) / 3600), 7, 'd', 'h'];
  return small === 0 || big >= size ? `${big} ${bigName}` : `${big} ${bigName} ${small} ${smallName}`;
}

/** A span in its largest unit alone, for where many stand side by side: 42 s, 9 min, 3 h. */
export function formatCoarse(seconds: number): string {
  return formatDuration(seconds).split(' ').slice(0, 2).join(' ');
}

/** How long ago, from the viewpoint of `now`; what is (slightly) ahead of us is now. */
export function formatAge(
  at: number,
  now: number,
  say: (seconds: number) => string = formatDuration,
): string {
  const age = now - at;
  return age < 1 ? 'now' : `${say(age)} ago`;
}

const ABBREVIATIONS = new Set(['cmaes', 'cpu', 'db', 'gpu', 'npz', 'p2p', 'pbt', 'vram']);

/** QUALITY_SCORE_UPDATED → Quality score updated; abbreviations stay capitals: NPZ export complete. */
export function humanise(name: string): string {
  const words = name
    .toLowerCase()
    .split('_')
    .map((word) => (ABBREVIATIONS.has(word) ? word.toUpperCase() : word))
    .join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** 1 browser, 20 browsers. */
export function formatPlural(count: number, word: string): string {
  return `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`;
}
