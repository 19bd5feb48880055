import type { Tone } from '../../ui/signs/tone';
import { TONE_VAR } from '../../ui/signs/tone';
import type { ChartSeries } from '../types';

/** How a series looks wherever it is drawn: colour, dash and mark, so that none of them has to be told alone. */
export interface Look {
  /** A CSS colour. */
  readonly colour: string;
  /** `stroke-dasharray`; undefined is a solid line. */
  readonly dash: string | undefined;
  readonly mark: Mark;
}

export const MARKS = ['circle', 'square', 'triangle', 'diamond', 'cross', 'plus', 'wedge', 'bar'] as const;
export type Mark = (typeof MARKS)[number];

export const PALETTE_SIZE = 8;
const DASHES = [undefined, '8 3', '3 2.5', '10 3 2 3', '14 4', '6 2 2 2 2 2', '2 4', '5 5'] as const;

export function lookOf(series: ChartSeries, place: number): Look {
  const index = (((series.colour ?? place) % PALETTE_SIZE) + PALETTE_SIZE) % PALETTE_SIZE;
  return {
    colour: series.tone === undefined ? `var(--series-${index + 1})` : toneColour(series.tone),
    dash: series.dashed === true ? '4 4' : DASHES[index],
    mark: MARKS[index] ?? 'circle',
  };
}

export function toneColour(tone: Tone): string {
  return `var(${TONE_VAR[tone]})`;
}

/** A mark around (x, y) as path data, of about the same weight for every shape. */
export function markPath(mark: Mark, x: number, y: number, r = 3): string {
  const at = (dx: number, dy: number): string => `${round(x + dx * r)} ${round(y + dy * r)}`;
  switch (mark) {
    case 'circle':
      return `M${at(-1, 0)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
    case 'square':
      return `M${at(-0.9, -0.9)}L${at(0.9, -0.9)}L${at(0.9, 0.9)}L${at(-0.9, 0.9)}z`;
    case 'triangle':
      return `M${at(0, -1.2)}L${at(1.1, 0.9)}L${at(-1.1, 0.9)}z`;
    case 'wedge':
      return `M${at(0, 1.2)}L${at(1.1, -0.9)}L${at(-1.1, -0.9)}z`;
    case 'diamond':
      return `M${at(0, -1.3)}L${at(1.3, 0)}L${at(0, 1.3)}L${at(-1.3, 0)}z`;
    case 'cross':
      return `M${at(-1, -1)}L${at(1, 1)}M${at(1, -1)}L${at(-1, 1)}`;
    case 'plus':
      return `M${at(-1.2, 0)}L${at(1.2, 0)}M${at(0, -1.2)}L${at(0, 1.2)}`;
    case 'bar':
      return `M${at(-1.2, -0.5)}L${at(1.2, -0.5)}L${at(1.2, 0.5)}L${at(-1.2, 0.5)}z`;
  }
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
