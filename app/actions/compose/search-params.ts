import { createLoader, parseAsString } from 'nuqs/server';

/** `?type=HOST_OFFLINE`, or `?from=<event id>`: again, as a past event was. */
export const composeSearch = { type: parseAsString, from: parseAsString };

export const loadComposeSearch = createLoader(composeSearch);
