import type { RingsideServer } from './server';

/** The link that the log of a first start shows. */
export function setupLink(ringside: RingsideServer): string {
  const line = ringside.log.findLast((entry) => typeof entry['setup_link'] === 'string');
  return String(line?.['setup_link']);
}
