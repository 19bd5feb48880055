import type { StoredEvent } from '../events/envelope';
import { indexWords } from '../events/index-alphabet';
import type { Json, JsonObject } from '../json';
import type { QueryField, QueryNode } from './ast';

type Test = (event: StoredEvent, now: number) => boolean;

/** True when the event is one that the query asks for. `now`: epoch seconds that relative times count from. */
export function matches(node: QueryNode, event: StoredEvent, now: number): boolean {
  return matcher(node)(event, now);
}

/** The test of a query, made once for many events. */
export function matcher(node: QueryNode): Test {
  switch (node.kind) {
    case 'all':
      return () => true;
    case 'and':
    case 'or': {
      const tests = node.parts.map(matcher);
      if (node.kind === 'and') return (event, now) => tests.every((test) => test(event, now));
      return (event, now) => tests.some((test) => test(event, now));
    }
    case 'not': {
      const test = matcher(node.part);
      return (event, now) => !test(event, now);
    }
    case 'text':
      return textTest(node.text, node.prefix);
    case 'field': {
      const values = new Set<string | null>(node.values);
      return (event) => values.has(fieldOf(event, node.field));
    }
    case 'payload':
      return (event) => comparePayload(valueAt(event.payload, node.path), node);
    case 'time':
      return (event, now) => {
        const at = 'at' in node.moment ? node.moment.at : now - node.moment.ago;
        if (node.operator === '>=') return event.timestamp >= at;
        return node.operator === '<' ? event.timestamp < at : event.timestamp <= at;
      };
  }
}

/** Words of an event's searched texts, one line per text; kept while the event lives, as several terms ask. */
const WORDS = new WeakMap<StoredEvent, string>();

function wordsOf(event: StoredEvent): string {
  const known = WORDS.get(event);
  if (known !== undefined) return known;
  const { eventType, source, node, config, model, payload } = event;
  const words = [eventType, source, node, config, model, JSON.stringify(payload)]
    .map((text) => (text === null ? '' : ` ${indexWords(text).join(' ')} `))
    .join('\n');
  WORDS.set(event, words);
  return words;
}

function textTest(text: string, prefix: boolean): Test {
  const sought = ` ${indexWords(text).join(' ')}${prefix ? '' : ' '}`;
  return (event) => wordsOf(event).includes(sought);
}

function fieldOf(event: StoredEvent, field: QueryField): string | null {
  if (field === 'type') return event.eventType;
  return field === 'id' ? event.eventId : event[field];
}

/** What stands at a path; undefined where nothing does. */
function valueAt(payload: JsonObject, path: readonly string[]): Json | undefined {
  let at: Json | undefined = payload;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as JsonObject)[key];
  }
  return at;
}

/** A field that is not there equals nothing, and differs from nothing either. */
export function comparePayload(
  found: Json | undefined,
  { operator, values }: Extract<QueryNode, { kind: 'payload' }>,
): boolean {
  if (found === undefined) return false;
  if (operator === '=') return values.includes(found);
  if (operator === '!=') return !values.includes(found);
  const [limit] = values;
  if (typeof found !== 'number' || typeof limit !== 'number') return false;
  if (operator === '>') return found > limit;
  if (operator === '>=') return found >= limit;
  return operator === '<' ? found < limit : found <= limit;
}
