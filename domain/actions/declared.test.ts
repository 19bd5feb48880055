import { describe, expect, it } from 'vitest';
import { definitionOf } from '../events';
import { fieldsOf } from '../events/catalogue/fields';
import { FORMS } from './declared';

describe.each(FORMS.map((spec) => [spec.kind, spec] as const))('%s', (_kind, { form, eventType }) => {
  const asked = form.fields.map(({ name }) => name);

  it('fills in each field of its event once, by the names of the catalogue, and says what it is about', () => {
    const filled = [...asked, ...Object.keys(form.fixed ?? {})];
    expect(new Set(filled).size).toBe(filled.length);
    const definition = definitionOf(eventType);
    // What only Ringside sends is not in the catalogue.
    if (definition === undefined) expect(eventType).toMatch(/^RINGSIDE_/);
    else
      expect(
        fieldsOf(definition.schema)
          .flat()
          .map(({ name }) => name),
      ).toEqual(expect.arrayContaining(filled));
    expect(asked).toContain(form.subject);
  });
});
