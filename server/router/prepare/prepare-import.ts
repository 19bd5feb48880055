import type { ImportedEvent } from '../../../domain/export';
import type { PreparedEvent } from './prepare';
import type { RowsSummary } from '../types';
import { prepareImported } from './prepare';

/** What became of a part of an import; a refused event stands at its index in the part. */
export interface ImportResult extends RowsSummary {
  readonly refused: readonly { readonly index: number; readonly reason: string }[];
  /** Where the part has events whose content is not that of their `content_hash`; they went in with one of their own. */
  readonly altered: readonly number[];
}

/** Events that may enter history with their index, and the reasons of the others. */
export function prepareImport(events: readonly ImportedEvent[]): {
  readonly prepared: { readonly event: PreparedEvent; readonly index: number }[];
  readonly refused: { readonly index: number; readonly reason: string }[];
} {
  const prepared: { event: PreparedEvent; index: number }[] = [];
  const refused: { index: number; reason: string }[] = [];
  for (const [index, imported] of events.entries()) {
    const result = prepareImported(imported);
    if (result.ok) prepared.push({ event: result.event, index });
    else refused.push({ index, reason: result.refusal.message });
  }
  return { prepared, refused };
}
