import { createLoader, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import type { LetterFilter, LetterRow, LettersInput, TrafficInput } from '@/server/api/pages/router';
import type { PageInput, PageSearch } from '../_client/page/page-search';
import { PICKED } from '@/app/_client/page/page-search';

export const TIMES = ['happened', 'arrived'] as const;
export const SPLITS = ['category', 'type', 'origin'] as const;
export const KIND_NAMES: Readonly<Record<LetterRow['kind'], string>> = {
  row: 'row of a log',
  handler: 'handler',
};
const LETTER_KINDS = Object.keys(KIND_NAMES) as LetterRow['kind'][];
export const LETTER_STATUSES = [
  'open',
  'retried',
  'discarded',
] as const satisfies readonly LetterRow['status'][];

/** What the traffic chart shows: `?time=arrived&by=type`. */
export const trafficParams = {
  time: parseAsStringLiteral(TIMES).withDefault('happened').withOptions(PICKED),
  by: parseAsStringLiteral(SPLITS).withDefault('category').withOptions(PICKED),
};

/** Which dead letters are listed: `?letters=retried&kind=row&type=NEW_GAMES&handler=name&reason=words`. */
export const letterParams = {
  letters: parseAsStringLiteral(LETTER_STATUSES).withDefault('open').withOptions(PICKED),
  kind: parseAsStringLiteral(LETTER_KINDS).withOptions(PICKED),
  type: parseAsString.withOptions(PICKED),
  handler: parseAsString.withOptions(PICKED),
  reason: parseAsString.withDefault(''),
};

export const loadTrafficSearch = createLoader(trafficParams);
export const loadLetterSearch = createLoader(letterParams);
export type TrafficSearch = Awaited<ReturnType<typeof loadTrafficSearch>>;
export type LetterSearch = Awaited<ReturnType<typeof loadLetterSearch>>;

/** The question of the chart. What arrived is told by this server's clock, so a stretch of event time does not apply. */
export function trafficInputOf(
  { time, by }: TrafficSearch,
  { range }: Pick<PageSearch, 'range'>,
  { since }: Pick<PageInput, 'since'>,
): TrafficInput {
  const split = time === 'arrived' && by === 'category' ? 'type' : by;
  if (time === 'arrived')
    return { time, by: split, span: range === '1h' ? 'hour' : 'day', since: null, until: null };
  // Up to now also while a stretch is picked: its end only matters to what is drawn.
  return { time, by: split, span: 'hour', since, until: null };
}

/** Letters on the page before anybody asks for more. */
export const LETTERS_SHOWN = 50;

export function lettersInputOf(search: LetterSearch, limit = LETTERS_SHOWN): LettersInput {
  return { filter: letterFilterOf(search), status: search.letters, limit };
}

export function letterFilterOf({ kind, type, handler, reason }: LetterSearch): LetterFilter {
  return {
    ...(kind !== null && { kind }),
    ...(type !== null && { event_type: type.slice(0, 200) }),
    ...(handler !== null && { reference: handler.slice(0, 300) }),
    ...(reason.trim() !== '' && { text: reason.trim().slice(0, 200) }),
  };
}
