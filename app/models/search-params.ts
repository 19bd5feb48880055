import { parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { MODEL_STATUSES } from '@/domain/realtime/entities';
import { listOf, PICKED } from '@/app/_client/page/page-search';

/** Which models are listed, besides config and time range: `?status=rejected,rolled_back&q=v4`. */
export const modelsSearch = {
  status: listOf(parseAsStringLiteral(MODEL_STATUSES)).withDefault([]).withOptions(PICKED),
  q: parseAsString.withDefault(''),
};
