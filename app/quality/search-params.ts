import { createLoader, parseAsString } from 'nuqs/server';
import { PICKED } from '@/app/_client/page/page-search';

/** What the URL of this page says besides configs and time: the config whose quality loop is shown; empty for all. */
export const qualitySearch = { loop: parseAsString.withDefault('').withOptions(PICKED) };
export const loadQualitySearch = createLoader(qualitySearch);

/** The config of the loop: the one picked for it, else the only one that the page is about, else none: all configs. */
export function loopConfig(loop: string, configs: readonly string[]): string | null {
  if (loop !== '') return loop;
  return configs.length === 1 ? (configs[0] ?? null) : null;
}
