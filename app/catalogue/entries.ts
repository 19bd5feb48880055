import type { EventDefinition } from '@/domain/events';
import { CATALOGUE, CATEGORIES, LIFECYCLES } from '@/domain/events';
import type { LifecyclePlace } from '@/domain/events/catalogue/define';
import type { FieldInfo } from '@/domain/events/catalogue/fields';
import { fieldsOf } from '@/domain/events/catalogue/fields';
import { HOPS } from '@/domain/projections/lifecycle/hops';
import { aliasesOf, type Alias } from './aliases';

/** Where a type stands in a lifecycle, in words. */
export interface PlaceInLifecycle {
  readonly lifecycle: string;
  readonly step: string;
  readonly role: 'start' | 'progress' | 'end' | 'failure';
  /** Labels of the steps one of which must come before. */
  readonly after: readonly string[];
}

/** What must follow a type. */
export interface Awaited {
  readonly what: string;
  /** Seconds until it is overdue, while history is too short to tell what is usual. */
  readonly limit: number;
}

/** One type of the catalogue without its schema, so that it can travel to a browser. */
export interface CatalogueEntry {
  readonly name: string;
  readonly dataValue: string | null;
  readonly stageValue: string | null;
  readonly aliases: readonly Alias[];
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
  readonly places: readonly PlaceInLifecycle[];
  readonly awaits: readonly Awaited[];
}

/** The whole catalogue, in the order of the categories. */
export function catalogueEntries(): CatalogueEntry[] {
  const rank = new Map<string, number>(CATEGORIES.map(({ id }, index) => [id, index]));
  return CATALOGUE.map(entryOf).sort((a, b) => (rank.get(a.category) ?? 99) - (rank.get(b.category) ?? 99));
}

function entryOf(definition: EventDefinition): CatalogueEntry {
  const { schema, lifecycle = [], dataValue, stageValue, ...rest } = definition;
  const { name, category, severity, description, documented, keyFields, producers, consumers, emit } = rest;
  return {
    name,
    dataValue: dataValue ?? null,
    stageValue: stageValue ?? null,
    aliases: aliasesOf(
      name,
      [dataValue, stageValue].filter((value) => value !== undefined),
    ),
    category,
    severity,
    description,
    documented,
    forms: fieldsOf(schema),
    keyFields,
    producers,
    consumers,
    emit,
    places: lifecycle.flatMap(placeOf),
    awaits: HOPS.filter(({ opens }) => opens.includes(name)).map(({ waitsFor, limit }) => ({
      what: waitsFor,
      limit,
    })),
  };
}

function placeOf({ id, step }: LifecyclePlace): PlaceInLifecycle[] {
  const { label, steps } = LIFECYCLES[id];
  const labelOf = (wanted: string): string => steps.find((each) => each.id === wanted)?.label ?? wanted;
  const found = steps.find((each) => each.id === step);
  if (found === undefined) return [];
  return [{ lifecycle: label, step: found.label, role: found.role, after: found.after.map(labelOf) }];
}
