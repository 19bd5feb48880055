import Database from 'better-sqlite3';
import { generateLoad, type LoadOptions } from '../../server/simulator/load/load';

const TICK_MS = 20;

/** Writes plausible events into the cluster's file at a steady rate, as many producers together would. */
export async function produce(
  file: string,
  rate: number,
  seconds: number,
  cluster: Pick<LoadOptions, 'nodes' | 'configs'> = {},
): Promise<void> {
  const db = new Database(file);
  db.pragma('busy_timeout = 30000');
  const insert = db.prepare(
    'INSERT INTO events (event_type, payload, source, hostname, created_at) VALUES (?, ?, ?, ?, ?)',
  );
  const count = rate * seconds;
  const load = generateLoad({ seed: 1, count, startAt: Date.now() / 1000, rate, ...cluster });
  const write = db.transaction((due: number) => {
    for (let n = 0; n < due; n++) {
      const event = load.next();
      if (event.done) return;
      const { eventType, payload, source, hostname } = event.value;
      insert.run(eventType, JSON.stringify(payload), source, hostname, Date.now() / 1000);
    }
  });
  const begun = performance.now();
  let written = 0;
  while (written < count) {
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    const due = Math.min(count, Math.floor(((performance.now() - begun) / 1000) * rate));
    write.immediate(due - written);
    written = due;
  }
  db.close();
}

/** Writes as many events at once, as of the last hour, so that a wide cluster is there in a moment. */
export function produceAll(
  file: string,
  count: number,
  cluster: Pick<LoadOptions, 'nodes' | 'configs'> = {},
): void {
  const db = new Database(file);
  db.pragma('busy_timeout = 30000');
  const insert = db.prepare(
    'INSERT INTO events (event_type, payload, source, hostname, created_at) VALUES (?, ?, ?, ?, ?)',
  );
  const startAt = Date.now() / 1000 - 3_600;
  db.transaction(() => {
    for (const event of generateLoad({ seed: 1, count, startAt, rate: count / 3_600, ...cluster }))
      insert.run(event.eventType, JSON.stringify(event.payload), event.source, event.hostname, event.at);
  }).immediate();
  db.close();
}
