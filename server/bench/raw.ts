import path from 'node:path';
import Database from 'better-sqlite3';
import { line, perSecond, quantile } from './measure';

const ROW = [
  'TRAINING_PROGRESS',
  JSON.stringify({ config_key: 'hex8_2p', epoch: 3, train_loss: 0.5, val_loss: 0.6, learning_rate: 0.001 }),
  'train',
  'gh200-a',
  1_766_700_000,
];

/** The machine's own limit: plain rows of the size of an event, without index, identity or text search. */
export async function rawInserts(folder: string): Promise<string[]> {
  const lines: string[] = [];
  for (const [synchronous, perTransaction, count] of [
    ['NORMAL', 500, 200_000],
    ['FULL', 500, 200_000],
    ['FULL', 64, 64_000],
    ['FULL', 1, 4_000],
  ] as const) {
    const db = new Database(path.join(folder, `raw-${synchronous}-${perTransaction}.db`));
    db.pragma('journal_mode = WAL');
    db.pragma(`synchronous = ${synchronous}`);
    db.exec(
      'CREATE TABLE rows (id INTEGER PRIMARY KEY, event_type TEXT, payload TEXT, source TEXT, hostname TEXT, at REAL)',
    );
    const insert = db.prepare(
      'INSERT INTO rows (event_type, payload, source, hostname, at) VALUES (?, ?, ?, ?, ?)',
    );
    const group = db.transaction(() => {
      for (let n = 0; n < perTransaction; n++) insert.run(...ROW);
    });
    const rate = await perSecond(count, () => {
      for (let done = 0; done < count; done += perTransaction) group.immediate();
    });
    db.close();
    lines.push(
      line(
        `raw better-sqlite3 inserts, ${perTransaction} a transaction, synchronous=${synchronous}`,
        rate,
        '/s',
      ),
    );
  }
  return lines;
}

/** How long the machine alone takes to make one row durable: what of a wait for a commit is the disk's. */
export function bareCommits(folder: string): string[] {
  const file = path.join(folder, 'bare.db');
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE rows (type TEXT, payload TEXT, source TEXT, hostname TEXT, at REAL)');
  const insert = db.prepare('INSERT INTO rows VALUES (?, ?, ?, ?, ?)');
  const waits: number[] = [];
  for (let n = 0; n < 2_000; n++) {
    const begun = performance.now();
    insert.run(...ROW);
    waits.push(performance.now() - begun);
  }
  db.close();
  return [
    line('the machine alone: a commit of one row, synchronous=FULL, median', quantile(waits, 0.5), 'ms'),
    line('  99th percentile', quantile(waits, 0.99), 'ms'),
    line('  longest of 2,000', Math.max(...waits), 'ms'),
  ];
}
