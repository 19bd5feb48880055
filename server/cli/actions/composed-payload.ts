import { draftOf, payloadOf, readJson } from '../../../domain/actions';
import { fieldsOf, type EventDefinition } from '../../../domain/events';
import { isJsonObject, type Json, type JsonObject } from '../../../domain/json';
import { CliError } from '../common/cli-error';

/**
 * The payload of an event that a command line writes: one JSON object, or `name=value` for each field, read as the
 * catalogue's type of that field (a list's texts are separated by commas). Throws CliError with what is wrong.
 */
export function composedPayload(
  definition: EventDefinition,
  fields: readonly string[],
  allowDrift: boolean,
): JsonObject {
  const [only] = fields;
  if (fields.length === 1 && only?.trimStart().startsWith('{') === true) return wholePayload(only);
  const forms = fieldsOf(definition.schema);
  const given = Object.fromEntries(fields.map(pairOf));
  const { form, more } = draftOf(given, forms);
  const types = new Map(forms[form]?.map(({ name, type }) => [name, type]));
  const texts = Object.fromEntries(
    Object.entries(given).map(([name, text]) => [
      name,
      types.get(name) === 'list[str]' ? text.split(',').join('\n') : text,
    ]),
  );
  const others = Object.entries(more).map(([name, text]) => [name, valueOf(text as string)]);
  const read = payloadOf({ form, texts, more: Object.fromEntries(others) as JsonObject }, forms);
  const problems = Object.entries(read.problems).filter(
    ([name]) => !allowDrift || Object.hasOwn(given, name),
  );
  if (problems.length > 0)
    throw new CliError(`${definition.name}: ${problems.map((problem) => problem.join(' ')).join('; ')}`);
  return read.payload;
}

function wholePayload(text: string): JsonObject {
  const read = readJson(text);
  if ('problem' in read) throw new CliError(`the payload ${read.problem}`);
  if (!isJsonObject(read.value)) throw new CliError('the payload must be a JSON object');
  return read.value;
}

function pairOf(text: string): [name: string, value: string] {
  const at = text.indexOf('=');
  if (at < 1) throw new CliError(`${text}: write fields as name=value, or all of them as one JSON object`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** A field that the catalogue lacks: JSON where it reads as such, else text. */
function valueOf(text: string): Json {
  const read = readJson(text);
  return 'value' in read ? read.value : text;
}
