/** Where a form begins: the first field that waits for something, or, where all have something, the first. */
export function firstToFill<Field extends { readonly value: string }>(
  fields: readonly Field[],
): Field | undefined {
  return fields.find(({ value }) => value === '') ?? fields[0];
}
