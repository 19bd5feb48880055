/** A value read from text, or one line on what is wrong with it and what to write instead. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly mistake: string };
