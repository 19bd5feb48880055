import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { JsonObject } from '../../json';
import { CATEGORIES } from './categories';
import { fieldsOf } from './fields';
import { LIFECYCLES } from '../relations/lifecycles';
import type { EventName, PayloadOf } from './index';
import { CATALOGUE, definitionOf } from './index';

interface ReferenceField {
  name: string;
  type: string;
}
interface ReferenceEntry {
  name: string;
  data_value?: string;
  stage_value?: string;
  quick_reference?: string;
  key_fields?: string[];
  same_as?: string;
  payload?: { variant: string | null; fields: ReferenceField[] }[];
  producers?: string[];
  consumers?: string[];
  emit?: string[];
}

const folder = path.resolve(import.meta.dirname, '../../../../shared/reference');
const file = path.join(folder, 'event-types.json');
const catalogText = path.join(folder, 'event-catalog.md');
const present = existsSync(file);
const reference = present ? (JSON.parse(readFileSync(file, 'utf8')) as ReferenceEntry[]) : [];
const referenceByName = new Map(reference.map((entry) => [entry.name, entry]));

/** Category by the heading under which the reference lists a type. */
const HEADINGS: Readonly<Record<string, string>> = {
  'Training Pipeline': 'training',
  'Cluster Health': 'cluster_health',
  'Work Queue': 'work_queue',
  'Daemon Lifecycle': 'daemon',
  'Leader Election': 'leader_election',
  'Task Lifecycle': 'task',
  'Data Integrity': 'data_integrity',
};

function entryOf(name: string) {
  const entry = definitionOf(name);
  if (entry === undefined) throw new Error(`${name} is not in the catalogue`);
  return entry;
}

/** The reference's "same as that other type" spelt out. */
function resolved(names: readonly string[], of: 'consumers'): string[] {
  return names.flatMap((name) => referenceByName.get(name)?.[of] ?? [name]);
}

describe('the catalogue by itself', () => {
  it('has 159 data types and 21 stage events under 177 distinct names', () => {
    expect(CATALOGUE.filter((entry) => entry.dataValue !== undefined)).toHaveLength(159);
    expect(CATALOGUE.filter((entry) => entry.stageValue !== undefined)).toHaveLength(21);
    expect(new Set(CATALOGUE.map((entry) => entry.name)).size).toBe(177);
    expect(CATALOGUE).toHaveLength(177);
  });

  it('has distinct wire values on each bus', () => {
    const data = CATALOGUE.flatMap((entry) => entry.dataValue ?? []);
    const stage = CATALOGUE.flatMap((entry) => entry.stageValue ?? []);
    expect(new Set(data).size).toBe(data.length);
    expect(new Set(stage).size).toBe(stage.length);
  });

  it('finds every entry by its name, and nothing else', () => {
    for (const entry of CATALOGUE) expect(definitionOf(entry.name)).toBe(entry);
    for (const other of ['new_games', '', '__proto__', 'constructor'])
      expect(definitionOf(other)).toBeUndefined();
  });

  it.each(CATALOGUE.map((entry) => [entry.name, entry] as const))('%s is sound', (_name, entry) => {
    expect(CATEGORIES.map(({ id }) => id)).toContain(entry.category);
    expect(entry.category).not.toBe('uncatalogued');
    expect(entry.description).toMatch(/^[A-Z].{20,}\.$/s);
    const forms = fieldsOf(entry.schema);
    const names = forms.flatMap((form) => form.map((field) => field.name));
    expect(entry.keyFields.length).toBeGreaterThan(0);
    for (const field of entry.keyFields) expect(names).toContain(field);
    const required = forms.map((form) => form.filter((field) => field.required).length);
    if (entry.documented === 'expected') expect(Math.max(...required)).toBe(0);
    else expect(Math.min(...required)).toBeGreaterThan(0);
    for (const place of entry.lifecycle ?? []) {
      expect(LIFECYCLES[place.id].steps.map(({ id }) => id)).toContain(place.step);
    }
  });

  it('gives each step of each lifecycle at least one type', () => {
    const places = CATALOGUE.flatMap((entry) => entry.lifecycle ?? []);
    for (const [id, lifecycle] of Object.entries(LIFECYCLES)) {
      for (const step of lifecycle.steps) expect(places).toContainEqual({ id, step: step.id });
    }
  });

  it('types payloads from their schemas', () => {
    expectTypeOf<PayloadOf<'ELO_UPDATED'>['new_elo']>().toEqualTypeOf<number>();
    expectTypeOf<PayloadOf<'SELFPLAY_COMPLETE'>['error']>().toEqualTypeOf<string | null>();
    expectTypeOf<PayloadOf<'WORK_FAILED'>['node_id']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<PayloadOf<'ELO_UPDATED'>>().toExtend<JsonObject>();
    expectTypeOf<'TRAINING_STARTED'>().toExtend<EventName>();
    expectTypeOf<'NO_SUCH_TYPE'>().not.toExtend<EventName>();
  });
});

describe('the catalogue against the reference', () => {
  it.runIf(present)('knows the same names, wire values and emit functions', () => {
    const ours = CATALOGUE.map(({ name, dataValue, stageValue, emit }) => ({
      name,
      dataValue,
      stageValue,
      emit,
    }));
    const theirs = reference.map((entry) => ({
      name: entry.name,
      dataValue: entry.data_value,
      stageValue: entry.stage_value,
      emit: entry.emit ?? [],
    }));
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
    expect(ours.sort(byName)).toEqual(theirs.sort(byName));
  });

  it.runIf(present)('types every documented field of all 82 documented types, and no other', () => {
    const documented = reference.filter(
      (entry) => entry.payload !== undefined || entry.same_as !== undefined,
    );
    expect(documented).toHaveLength(82);
    for (const { name, payload, same_as } of documented) {
      const forms =
        payload ?? (same_as === undefined ? undefined : referenceByName.get(same_as)?.payload) ?? [];
      const entry = entryOf(name);
      expect(entry.documented).toBe('full');
      const ours = fieldsOf(entry.schema).map((form) =>
        form.map(({ name: field, type }) => ({ name: field, type })),
      );
      expect(ours).toEqual(
        forms.map(({ fields }) => fields.map(({ name: field, type }) => ({ name: field, type }))),
      );
      expect(
        fieldsOf(entry.schema)
          .flat()
          .every((field) => field.required),
      ).toBe(true);
    }
  });

  it.runIf(present)('has the key fields that the reference names', () => {
    for (const { name, key_fields } of reference) {
      if (key_fields === undefined) continue;
      const ours = entryOf(name).keyFields;
      // Two key fields are listed there without their unit; the payload itself has it.
      const fits = key_fields.every((key) =>
        [key, `${key}_seconds`, key.split(':')[0]].some((k) => ours.includes(k ?? '')),
      );
      expect(fits, `${name}: ${ours.join(', ')}`).toBe(true);
      expect(ours).toHaveLength(key_fields.length);
    }
  });

  it.runIf(present)('marks types without documented fields by what is known of them', () => {
    for (const { name, payload, same_as, key_fields } of reference) {
      if (payload !== undefined || same_as !== undefined) continue;
      expect(entryOf(name).documented, name).toBe(key_fields === undefined ? 'expected' : 'key_fields');
    }
  });

  it.runIf(present)('names the same producers and consumers', () => {
    for (const { name, producers, consumers } of reference) {
      if (producers !== undefined) expect(entryOf(name).producers, name).toEqual(producers);
      expect(entryOf(name).consumers, name).toEqual(resolved(consumers ?? [], 'consumers'));
    }
  });

  it.runIf(present)('files types under the category of their heading', () => {
    for (const { name, quick_reference } of reference) {
      if (quick_reference === undefined) continue;
      expect(entryOf(name).category, name).toBe(HEADINGS[quick_reference] ?? quick_reference.toLowerCase());
    }
  });

  it.runIf(existsSync(catalogText))('describes in words of its own', () => {
    const theirs = existsSync(catalogText) ? readFileSync(catalogText, 'utf8').toLowerCase() : '';
    for (const { name, description } of CATALOGUE) {
      expect(theirs.includes(description.toLowerCase().replace(/\.$/, '')), name).toBe(false);
    }
  });
});
