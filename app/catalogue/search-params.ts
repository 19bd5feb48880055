import { parseAsArrayOf, parseAsString } from 'nuqs/server';

/** What of the catalogue is shown: `?q=words&category=training,sync`. */
export const catalogueParams = {
  q: parseAsString.withDefault(''),
  category: parseAsArrayOf(parseAsString).withDefault([]),
};
