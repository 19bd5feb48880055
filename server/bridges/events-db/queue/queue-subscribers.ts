import type { Database } from 'better-sqlite3';

export interface Subscriber {
  readonly subscriberId: string;
  readonly processName: string;
  readonly hostname: string;
  readonly pid: number;
  readonly eventTypes: readonly string[];
}

/** A stable id belongs to the process name and survives restarts; the other belongs to one process. */
export function subscriberIdOf(hostname: string, processName: string, pid: number | 'stable'): string {
  return `${hostname}:${pid}:${processName}`;
}

/** The two writes to the `subscribers` table. */
export function subscriberWrites(db: Database) {
  const register = db.prepare<[string, string, string, number, string, number, number]>(
    `INSERT OR REPLACE INTO subscribers
       (subscriber_id, process_name, hostname, pid, subscribed_types, last_poll_at, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const seen = db.prepare<[number, string]>(
    'UPDATE subscribers SET last_poll_at = ? WHERE subscriber_id = ?',
  );
  return {
    /** Replaces an earlier registration; its acks stay. `now` in epoch seconds. */
    register(subscriber: Subscriber, now: number): void {
      const { subscriberId, processName, hostname, pid, eventTypes } = subscriber;
      register.run(subscriberId, processName, hostname, pid, JSON.stringify(eventTypes), now, now);
    },
    /** False when the subscriber is not (or no longer) registered. */
    touch: (subscriberId: string, now: number): boolean => seen.run(now, subscriberId).changes > 0,
  };
}
