import type { ImportedEvent } from '../../../domain/export';
import type { NewDeadLetter } from '../../history/letters/letter-types';
import type { BridgeCursor } from '../../history/types';
import type { Intake } from './intake';
import type { PreparedEvent } from '../prepare/prepare';
import type { ImportResult } from '../prepare/prepare-import';
import { prepareImport } from '../prepare/prepare-import';
import type { RowsResult } from '../prepare/prepare-rows';
import { prepareRows } from '../prepare/prepare-rows';
import type { RouterOptions } from '../router-options';
import type { RouterCounts } from '../stats';
import type { LogRow } from '../types';

/** What became of a row that was taken again. */
export type Readmission =
  | { readonly status: 'stored' | 'exists' }
  | { readonly status: 'refused'; readonly reason: string };

/** Whether an exported event was changed since it was hashed, by hand or by damage. */
function isAltered({ contentHash }: PreparedEvent, given: ImportedEvent | undefined): boolean {
  return given?.content_hash != null && given.content_hash !== contentHash;
}

/** The way in for what happened elsewhere: rows of a log, events of an export. The router's methods of these names say what they do. */
export class RowsIn {
  constructor(
    private readonly intake: Intake,
    private readonly history: RouterOptions['history'],
    private readonly counts: RouterCounts,
    private readonly now: () => number,
  ) {}

  async ingest(
    rows: readonly LogRow[],
    deadLetters: readonly NewDeadLetter[],
    cursor: BridgeCursor,
  ): Promise<RowsResult> {
    const prepared = prepareRows(rows, this.now());
    const letters = [...deadLetters, ...prepared.refused];
    const summary = await this.intake.offerRows(prepared.events, { deadLetters: letters, cursor });
    this.counts.rows(summary);
    return { ...summary, deadLetters: letters.length };
  }

  async importRows(rows: readonly LogRow[]): Promise<RowsResult> {
    const prepared = prepareRows(rows, this.now());
    const summary = await this.intake.offerRows(prepared.events);
    if (prepared.refused.length > 0) await this.history.addDeadLetters(prepared.refused);
    this.counts.rows(summary);
    return { ...summary, deadLetters: prepared.refused.length };
  }

  async importEvents(events: readonly ImportedEvent[], importId: string): Promise<ImportResult> {
    const { prepared, refused } = prepareImport(events);
    const { conflicts, ...summary } = await this.intake.offerImported(
      prepared.map(({ event }) => event),
      importId,
    );
    this.counts.rows(summary);
    const altered = new Set(
      prepared.flatMap(({ event, index }) => (isAltered(event, events[index]) ? index : [])),
    );
    for (const at of conflicts) {
      const index = prepared[at]?.index ?? 0;
      altered.delete(index);
      refused.push({
        index,
        reason: `history has event ${events[index]?.event_id ?? ''} with other content`,
      });
    }
    return { ...summary, refused, altered: [...altered] };
  }

  async readmit(row: LogRow): Promise<Readmission> {
    const { events, refused } = prepareRows([row], this.now());
    const [refusal] = refused;
    if (refusal !== undefined) return { status: 'refused', reason: refusal.reason };
    const summary = await this.intake.offerRows(events);
    this.counts.rows(summary);
    return { status: summary.stored > 0 ? 'stored' : 'exists' };
  }
}
