import * as z from 'zod/mini';
import type { Json } from '../../json';
import { isJsonObject } from '../../json';

/**
 * The vocabulary in which payload schemas are written: one constructor per type that the cluster's documentation uses.
 * Built on zod's functional flavour, which lets a bundle carry only the few types used here.
 *
 * `hint` says in a few words what a field holds or which values are known; it never restricts: the set stays open.
 * Lists and dictionaries are checked as a whole, so that a list of 100,000 wrong items is one finding and not as many.
 */

/** The types by the names that the cluster's documentation gives them. */
export type FieldType = 'str' | 'int' | 'float' | 'bool' | 'list[str]' | 'dict' | 'any' | 'str | None';

export interface FieldNote {
  readonly type: FieldType;
  /** False for a field that we expect although no document promises it. */
  readonly required: boolean;
  readonly hint: string | null;
}

type Dict = { readonly [key: string]: Json };

const notes = new WeakMap<z.core.$ZodType, FieldNote>();

/** What the schema's author wrote down about a field made by one of the constructors below. */
export function noteOf(field: z.core.$ZodType): FieldNote {
  return notes.get(field) ?? { type: 'any', required: true, hint: null };
}

function noted<T extends z.core.$ZodType>(field: T, type: FieldType, hint: string | undefined): T {
  notes.set(field, { type, required: true, hint: hint ?? null });
  return field;
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

export const text = (hint?: string) => noted(z.string(), 'str', hint);
export const int = (hint?: string) => noted(z.int(), 'int', hint);
/** Whole numbers are fine too: JSON does not tell 1.0 from 1. */
export const real = (hint?: string) => noted(z.number(), 'float', hint);
export const flag = (hint?: string) => noted(z.boolean(), 'bool', hint);
export const texts = (hint?: string) => noted(z.custom<readonly string[]>(isTextList), 'list[str]', hint);
export const dict = (hint?: string) => noted(z.custom<Dict>(isJsonObject), 'dict', hint);
/** Whatever JSON can hold; only its absence is a difference. */
export const any = (hint?: string) =>
  noted(
    z.custom<Json>((value: unknown) => value !== undefined),
    'any',
    hint,
  );
export const textOrNull = (hint?: string) => noted(z.nullable(z.string()), 'str | None', hint);

/** A field that we expect although no document promises it: its absence is no drift. */
export function expected<T extends z.core.$ZodType>(field: T): z.ZodMiniOptional<T> {
  const optional = z.optional(field);
  notes.set(optional, { ...noteOf(field), required: false });
  return optional;
}

export type Shape = Readonly<Record<string, z.core.$ZodType>>;

/** A payload: the fields named, and any others besides, since producers add fields faster than catalogues do. */
export const payload = <S extends Shape>(shape: S) => z.catchall(z.object(shape), z.custom<Json>());

/** A payload that comes in several forms. */
export const variants = <const V extends readonly [PayloadObject, ...PayloadObject[]]>(...options: V) =>
  z.union(options);

export type PayloadObject = z.ZodMiniObject<Shape, z.core.$catchall<z.ZodMiniCustom<Json, Json>>>;
export type PayloadSchema = PayloadObject | z.ZodMiniUnion<readonly PayloadObject[]>;

/** The forms that a payload may take; one for nearly every type. */
export function formsOf(schema: PayloadSchema): readonly PayloadObject[] {
  return 'shape' in schema ? [schema] : schema._zod.def.options;
}

export interface FieldInfo extends FieldNote {
  readonly name: string;
}

/**
 * Whether a value is of a type, as the schema's own check says (tested), without its cost: every event passes here, and a
 * parse would build a copy of its payload.
 */
export const IS_OF_TYPE: Readonly<Record<FieldType, (value: Json) => boolean>> = {
  str: (value) => typeof value === 'string',
  int: (value) => Number.isSafeInteger(value),
  float: (value) => Number.isFinite(value),
  bool: (value) => typeof value === 'boolean',
  'list[str]': isTextList,
  dict: isJsonObject,
  any: () => true,
  'str | None': (value) => value === null || typeof value === 'string',
};

/** The fields of each form of a payload, in the order of the schema. */
export function fieldsOf(schema: PayloadSchema): readonly (readonly FieldInfo[])[] {
  return formsOf(schema).map((form) =>
    Object.entries(form.shape).map(([name, field]) => ({ name, ...noteOf(field) })),
  );
}
