import path from 'node:path';
import Database from 'better-sqlite3';
import { EXPORT_FORMATS, type ExportFormat } from '../../domain/export';
import { benchEvents } from './events';
import { line, perSecond } from './measure';
import { openBenchRouter } from './publish';
import { builtPages } from '../process/paths';
import { memoryOf, startServer, type BenchServer } from './server';

const EVENTS = 1_000_000;

/** Whole exports of a long history over HTTP, and what the plainest program makes of the same rows. */
export async function benchExport(folder: string): Promise<string[]> {
  if (builtPages() === null)
    return ['export of 1,000,000 events: left out, the pages are not built (npm run build)'];
  const core = await openBenchRouter(folder);
  for (let done = 0; done < EVENTS; done += 20_000)
    await core.router.publishBatch(benchEvents(20_000, 100 + done / 20_000));
  await core.state.save();
  await core.close();
  const db = new Database(path.join(folder, 'ringside.db'));
  // Else the server would be busy with forwarding them.
  db.exec('UPDATE events SET outbound = 0');
  const events = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM events').get()?.n ?? 0;
  const plain = await perSecond(events, () => readPlainly(db));
  db.close();
  const lines = [line('plain SELECT and JSON.stringify of the same rows, no server', plain, '/s')];
  const server = await startServer(folder);
  for (const format of EXPORT_FORMATS) lines.push(...(await exportOnce(server, format, events)));
  await server.stop();
  return lines;
}

function readPlainly(db: Database.Database): void {
  for (const row of db.prepare('SELECT * FROM events ORDER BY seq').iterate()) JSON.stringify(row);
}

async function exportOnce(server: BenchServer, format: ExportFormat, events: number): Promise<string[]> {
  const idle = memoryOf(server);
  let highest = idle;
  const watch = setInterval(() => (highest = Math.max(highest, memoryOf(server))), 50);
  const rate = await perSecond(events, async () => {
    const { body } = await fetch(`${server.url}/api/events/export?format=${format}`);
    await body?.pipeTo(new WritableStream());
  });
  clearInterval(watch);
  return [
    line(
      `export of ${events.toLocaleString('en-GB')} events as ${format}, over HTTP`,
      rate,
      '/s',
      '≥ 100,000',
    ),
    line(`  memory of the server above ${Math.round(idle)} MB before it`, highest - idle, 'MB', '< 200 MB'),
  ];
}
