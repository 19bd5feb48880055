import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOGUE, definitionOf } from '../events/catalogue';
import { driftOf } from '../events/derived/drift';
import { fieldsOf, type FieldInfo, type FieldType } from '../events/catalogue/fields';
import { normaliseEventType } from '../events/names/names';
import { RECORDED } from '../events/recorded-payloads.test-support';
import type { Json, JsonObject } from '../json';
import { draftOf, emptyMeans, fitsForm, heldBy, inForm, payloadOf } from './draft';

const written = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '');
const line = written.filter((text) => !text.includes('\n'));
const VALUES: Readonly<Record<FieldType, fc.Arbitrary<Json>>> = {
  str: written,
  int: fc.maxSafeInteger(),
  float: fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
  bool: fc.boolean(),
  'list[str]': fc.array(line, { minLength: 1 }),
  dict: fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<Json>),
  any: fc.jsonValue() as fc.Arbitrary<Json>,
  'str | None': fc.option(written),
};

/** A payload as the catalogue documents it: all that is needed, and of the rest some. */
function documented(fields: readonly FieldInfo[]): fc.Arbitrary<JsonObject> {
  const shape = Object.fromEntries(fields.map((field) => [field.name, VALUES[field.type]]));
  const needed = fields.filter((field) => emptyMeans(field) !== 'left out').map(({ name }) => name);
  return fc.record(shape, { requiredKeys: needed });
}

const anyType = fc.constantFrom(...CATALOGUE).chain((definition) => {
  const forms = fieldsOf(definition.schema);
  const payload = fc.constantFrom(...forms).chain(documented);
  return fc.tuple(fc.constant(definition.name), fc.constant(forms), payload);
});

describe('a draft', () => {
  it('shows any documented payload of any type and reads it back as it was', () => {
    fc.assert(
      fc.property(anyType, ([name, forms, given]) => {
        const payload = JSON.parse(JSON.stringify(given)) as JsonObject;
        const read = payloadOf(draftOf(payload, forms), forms);
        expect(read).toEqual({ payload, problems: {} });
        expect(fitsForm(payload, forms)).toBe(true);
        expect(driftOf(name, read.payload)).toEqual([]);
      }),
    );
  });

  it('takes blank lines of a list for no names', () => {
    const field: FieldInfo = { name: 'nodes', type: 'list[str]', required: true, hint: null };
    const draft = { form: 0, texts: { nodes: 'gh200-a\n\ngh200-b\n ' }, more: {} };
    expect(payloadOf(draft, [[field]]).payload).toEqual({ nodes: ['gh200-a', 'gh200-b'] });
    expect(fitsForm({ nodes: ['gh200-a', ''] }, [[field]])).toBe(false);
  });

  it('never sends something else than what it shows: what it cannot show does not fit', () => {
    const anything = fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<Json>);
    fc.assert(
      fc.property(fc.constantFrom(...CATALOGUE), anything, ({ schema }, given) => {
        const forms = fieldsOf(schema);
        const payload = JSON.parse(JSON.stringify(given)) as JsonObject;
        if (fitsForm(payload, forms))
          expect(payloadOf(draftOf(payload, forms), forms).payload).toEqual(payload);
      }),
    );
  });

  it('keeps what the recording sent, also what no form has a field for', () => {
    for (const [wireType, payload] of RECORDED) {
      const definition = definitionOf(normaliseEventType(wireType));
      if (definition === undefined) continue;
      const forms = fieldsOf(definition.schema);
      const { payload: read, problems } = payloadOf(draftOf(payload, forms), forms);
      for (const name of Object.keys(problems)) expect(fitsForm(payload, forms), name).toBe(false);
      for (const name of Object.keys(payload)) if (!(name in problems)) expect(read).toHaveProperty([name]);
    }
  });

  it('keeps what was sent beside one form in the fields of another, and sends what they say then', () => {
    const field = (name: string): FieldInfo => ({ name, type: 'str', required: true, hint: null });
    const forms = [
      [field('board'), field('shared')],
      [field('shared'), field('game')],
    ];
    const first = draftOf({ board: 'hex8', shared: 'both', game: 'g1', extra: 1 }, forms);
    expect([first.form, first.more]).toEqual([0, { game: 'g1', extra: 1 }]);
    const second = inForm(first, forms, 1);
    expect(payloadOf(second, forms).payload).toEqual({ shared: 'both', game: 'g1', extra: 1 });
    const changed = { ...second, texts: { ...second.texts, game: 'g2' } };
    expect(payloadOf(changed, forms).payload).toEqual({ shared: 'both', game: 'g2', extra: 1 });
    expect(inForm(second, forms, 0).texts).toMatchObject({ board: 'hex8', shared: 'both' });
  });

  it('goes on as JSON with what it could not read, as the text that was typed', () => {
    const field = (name: string, type: FieldType): FieldInfo => ({ name, type, required: true, hint: null });
    const forms = [[field('id', 'str'), field('count', 'int'), field('ok', 'bool'), field('more', 'dict')]];
    const texts = { id: 'a', count: '1.5', ok: ' ', more: '{"a":' };
    expect(heldBy({ form: 0, texts, more: { extra: 1 } }, forms)).toEqual({
      ...{ id: 'a', extra: 1, count: '1.5', more: '{"a":' },
    });
  });

  it('says what is wrong with each field as it is typed', () => {
    const field = (name: string, type: FieldType, required = true): FieldInfo => ({
      name,
      type,
      required,
      hint: null,
    });
    const forms = [
      [
        ...[field('id', 'str'), field('count', 'int'), field('share', 'float'), field('ok', 'bool')],
        ...[field('more', 'dict'), field('timestamp', 'str'), field('note', 'str', false)],
      ],
    ];
    const texts = { count: '0x10', share: 'much', ok: 'maybe', more: '[1]' };
    expect(payloadOf({ form: 0, texts, more: {} }, forms)).toEqual({
      payload: {},
      problems: {
        id: 'is needed',
        count: 'must be a whole number, exact to 2^53',
        share: 'must be a number',
        ok: 'is true or false',
        more: 'must be an object: {"key": value}',
      },
    });
    expect(
      payloadOf({ form: 0, texts: { ...texts, more: '{"a":[-1e999]}' }, more: {} }, forms).problems,
    ).toMatchObject({ more: 'is no JSON: a number is too large' });
  });
});
