import type { Json } from '../json';

/** Where something stands in the text of a query: UTF-16 offsets, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Fields of an event that a query compares as a whole. */
export const FIELDS = [
  'type',
  'source',
  'node',
  'config',
  'model',
  'category',
  'severity',
  'origin',
  'id',
] as const;
export type QueryField = (typeof FIELDS)[number];

/** Names of the time terms and the comparison that each stands for. */
export const TIMES = { after: '>=', since: '>=', before: '<', until: '<=' } as const;
export type TimeOperator = (typeof TIMES)[keyof typeof TIMES];

export type PayloadOperator = '=' | '!=' | '>' | '>=' | '<' | '<=';

/** A moment: fixed in epoch seconds, or so many seconds before the `now` of whoever asks. */
export type Moment = { readonly at: number } | { readonly ago: number };

/** A query as a tree. Plain data: it travels to reader threads. */
export type QueryNode = Span &
  (
    | { readonly kind: 'all' }
    | { readonly kind: 'and' | 'or'; readonly parts: readonly QueryNode[] }
    | { readonly kind: 'not'; readonly part: QueryNode }
    /** Words in sequence; with `prefix` the last may be the beginning of a longer one. */
    | { readonly kind: 'text'; readonly text: string; readonly prefix: boolean }
    /** The field is one of the values, or begins with one of the prefixes; one that is null passes neither. */
    | {
        readonly kind: 'field';
        readonly field: QueryField;
        readonly values: readonly string[];
        readonly prefixes: readonly string[];
      }
    | {
        readonly kind: 'payload';
        readonly path: readonly string[];
        readonly operator: PayloadOperator;
        readonly values: readonly Json[];
      }
    | { readonly kind: 'time'; readonly operator: TimeOperator; readonly moment: Moment }
  );

export type MistakeCode =
  | 'too_long'
  | 'too_many_terms'
  | 'too_deep'
  | 'open_quote'
  | 'open_parenthesis'
  | 'stray_parenthesis'
  | 'missing_term'
  | 'missing_value'
  | 'no_word'
  | 'unknown_field'
  | 'bad_operator'
  | 'bad_value';

/** Why a text is no query: `message` says what is wrong and what to write instead. */
export interface Mistake extends Span {
  readonly code: MistakeCode;
  readonly message: string;
}

export type ParsedQuery =
  | { readonly ok: true; readonly node: QueryNode }
  | { readonly ok: false; readonly mistakes: readonly [Mistake, ...Mistake[]] };
