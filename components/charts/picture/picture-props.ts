import type { Frame } from '../frame/frame';
import type { ChartLevel } from '../types';

/** What a chart is drawn from, by whichever of the two draws it. */
export interface PictureProps {
  readonly frame: Frame;
  readonly width: number;
  readonly height: number;
  readonly levels: readonly ChartLevel[];
  readonly tickText: (value: number) => string;
  /** Units of the axes on the left and on the right. */
  readonly unit: string | undefined;
  readonly right: string | undefined;
}
