import * as z from 'zod';

/** A field of an action's form. `model`, `config`, `node(s)` and `problem` are texts for which names that exist are offered. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'number' | 'integer' | 'choice' | 'model' | 'config' | 'node' | 'nodes' | 'problem';
  readonly required: boolean;
  readonly hint?: string;
  readonly options?: readonly string[];
  readonly least?: number;
  readonly most?: number;
}

const name = z.string().trim().min(1, 'must not be empty').max(200);

/** What the field takes, in words that stand beside it when it is wrong. */
export function schemaOf({ type, options, least, most }: Field): z.ZodType {
  switch (type) {
    case 'number':
    case 'integer': {
      const number = type === 'integer' ? z.int('must be a whole number') : z.number('must be a number');
      return number
        .min(least ?? -1e12, `must be at least ${least ?? -1e12}`)
        .max(most ?? 1e12, `must be at most ${most ?? 1e12}`);
    }
    case 'choice':
      return z.enum(options ?? [], `must be one of ${options?.join(', ') ?? ''}`);
    case 'nodes':
      return z.array(name).min(1, 'name at least one node').max(1_000);
    case 'text':
    case 'model':
    case 'config':
    case 'node':
    case 'problem':
      return name;
  }
}

/** What a whole form takes: its fields and nothing else. */
export function formSchema(fields: readonly Field[]): z.ZodType<Record<string, unknown>> {
  return z.strictObject(
    Object.fromEntries(
      fields.map((field) => [field.name, field.required ? schemaOf(field) : schemaOf(field).optional()]),
    ),
  );
}

/** The first field that is missing or wrong, in words; null where the form can be sent. */
export function formProblem(
  fields: readonly Field[],
  values: Readonly<Record<string, unknown>>,
): string | null {
  const issue = formSchema(fields).safeParse(values).error?.issues[0];
  if (issue === undefined) return null;
  const field = fields.find(({ name: each }) => each === issue.path[0]);
  const label = field?.label ?? 'A field';
  return field !== undefined && values[field.name] === undefined
    ? `${label} is needed.`
    : `${label}: ${issue.message}.`;
}
