import type { EventRef } from '@/domain/realtime/entities';

/** As much of an event as a link needs. */
export type LinkedEvent = Pick<EventRef, 'event_id' | 'event_type' | 'timestamp'>;

/** An event that an entity tells by its id and time alone; null where there is none. */
export function linked(type: string, id: string | null, at: number | null): LinkedEvent | null {
  return id === null || at === null ? null : { event_id: id, event_type: type, timestamp: at };
}
