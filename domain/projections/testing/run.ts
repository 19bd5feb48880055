import type { StoredEvent } from '../../events/envelope';
import type { Json } from '../../json';
import { createFold, type Fold } from '..';

/** A fold that has taken in these events, in this order. */
export function folded(events: Iterable<StoredEvent>): Fold {
  const fold = createFold();
  for (const event of events) fold.fold(event);
  return fold;
}

/** All entities of a topic by key. */
export function tableOf(fold: Fold, topic: string): Map<string, Json> {
  const reader = fold.topicReader(topic);
  if (reader === undefined) throw new Error(`Nothing publishes the topic ${topic}.`);
  const table = new Map<string, Json>();
  for (const key of reader.keys()) {
    const entity = reader.entity(key);
    if (entity !== undefined) table.set(key, entity);
  }
  return table;
}

/** One entity of a topic, as an object with open fields; throws where it does not exist. */
export function entityOf(fold: Fold, topic: string, key: string): Record<string, Json> {
  const entity = fold.topicReader(topic)?.entity(key);
  if (entity === undefined) throw new Error(`${topic} has no ${key}.`);
  return entity as Record<string, Json>;
}
