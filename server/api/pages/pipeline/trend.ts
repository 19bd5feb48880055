import type { States } from '../../../../domain/projections';
import { byName } from '../../../../domain/text/order';
import { thinOut } from '../downsample';
import type { PageInput } from '../input';
import { collectDurations, type Duration, type DurationId } from './durations';

/** More lines than a chart can tell apart: beyond them all configs make one. */
export const MAX_LINES = 8;

/** Null as config: all of them in one line, or what belongs to none. */
export type TrendLine = {
  config: string | null;
  points: [at: number, seconds: number, seq: number | null][];
};
export type TrendInput = PageInput & { of: DurationId };

/** How a duration went over time, a line per config while they can be told apart. */
export function pipelineTrend(states: Pick<States, 'pipeline'>, { of, ...input }: TrendInput): TrendLine[] {
  const lines = [...collectDurations(states, input)].flatMap(([config, found]) => {
    const own = found.filter(({ id }) => id === of);
    return own.length === 0 ? [] : [{ config, own }];
  });
  const shown = lines.length <= MAX_LINES ? lines : [{ config: null, own: lines.flatMap(({ own }) => own) }];
  return shown
    .map(({ config, own }) => ({ config, points: pointsOf(own) }))
    .sort((a, b) => byName(a.config ?? '', b.config ?? ''));
}

function pointsOf(found: readonly Duration[]): TrendLine['points'] {
  const sorted = [...found].sort((a, b) => a.at - b.at);
  const kept = thinOut(
    sorted,
    ({ at }) => at,
    ({ seconds }) => seconds,
  );
  return kept.map(({ at, seconds, seq }) => [at, Math.round(seconds * 10) / 10, seq]);
}
