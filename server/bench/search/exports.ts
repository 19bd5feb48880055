import type { ExportSlice } from '../../history/query-types';
import type { SqliteHistory } from '../../history/history';
import { line } from '../measure';
import { asked } from './queries';

const QUERIES = ['hex8', 'quokka', 'hex8 square8', 'node:gh200-a', '-hex8', ''];
const SECONDS = 4;

/** Exports as a client that takes all at once gets them, for a few seconds each. */
export async function exportWords(history: SqliteHistory): Promise<string[]> {
  const lines: string[] = [];
  for (const query of QUERIES) {
    const filter = query === '' ? {} : asked(query);
    const begun = performance.now();
    let [events, last] = [0, null as ExportSlice | null];
    do {
      last = await history.exportSlice(filter, {
        ...{ format: 'csv', order: 'asc', upTo: history.headSeq, first: last === null },
        after: last?.at ?? null,
      });
      events += last.events;
    } while (!last.done && performance.now() - begun < SECONDS * 1_000);
    const seconds = (performance.now() - begun) / 1_000;
    const share = last.done ? 'whole' : `first ${String(Math.round((last.at / history.headSeq) * 100))} %`;
    lines.push(
      line(`export as CSV of ${query || '(all)'}: ${share}, ${seconds.toFixed(1)} s`, events / seconds, '/s'),
    );
  }
  return lines;
}
