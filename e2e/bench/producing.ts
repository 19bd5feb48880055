import Database from 'better-sqlite3';
import { generateLoad, type LoadOptions } from '../../server/simulator/load';

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
