import type { EventDefinition } from '@/domain/events';
import { CATALOGUE, CATEGORIES } from '@/domain/events';
import type { FieldInfo } from '@/domain/events/fields';
import { fieldsOf } from '@/domain/events/fields';

/** One type of the catalogue without its schema, so that it can travel to a browser. */
export interface CatalogueEntry {
  readonly name: string;
  readonly dataValue: string | null;
  readonly stageValue: string | null;
  readonly category: string;
  readonly severity: EventDefinition['severity'];
  readonly description: string;
  readonly documented: EventDefinition['documented'];
  /** One list per form of the payload. */
  readonly forms: readonly (readonly FieldInfo[])[];
  readonly keyFields: readonly string[];
  readonly producers: readonly string[];
  readonly consumers: readonly string[];
  readonly emit: readonly string[];
}

/** The whole catalogue, in the order of the categories. */
export function catalogueEntries(): CatalogueEntry[] {
  const rank = new Map<string, number>(CATEGORIES.map(({ id }, index) => [id, index]));
  return CATALOGUE.map(entryOf).sort((a, b) => (rank.get(a.category) ?? 99) - (rank.get(b.category) ?? 99));
}

function entryOf(definition: EventDefinition): CatalogueEntry {
  const { schema, dataValue, stageValue, ...rest } = definition;
  const { name, category, severity, description, documented, keyFields, producers, consumers, emit } = rest;
  return {
    name,
    dataValue: dataValue ?? null,
    stageValue: stageValue ?? null,
    category,
    severity,
    description,
    documented,
    forms: fieldsOf(schema),
    keyFields,
    producers,
    consumers,
    emit,
  };
}
