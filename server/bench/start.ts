import { builtPages } from '../process/paths';
import { benchEvents } from './events';
import { line } from './measure';
import { openBenchRouter } from './publish';
import { startServer } from './server';

const EVENTS = 1_000_000;

/** How long a server takes from its command to "ready" on a long history, after a clean stop and after a crash. */
export async function benchStart(folder: string): Promise<string[]> {
  if (builtPages() === null)
    return ['start on 1,000,000 events: left out, the pages are not built (npm run build)'];
  const core = await openBenchRouter(folder);
  for (let done = 0; done < EVENTS; done += 20_000)
    await core.router.publishBatch(benchEvents(20_000, 100 + done / 20_000));
  await core.state.save();
  await core.close();
  const clean = await startOnce(folder, 'SIGKILL');
  const crashed = await startOnce(folder, 'SIGTERM');
  return [
    line('start on 1,000,000 events, until ready', clean / 1000, 's', '≤ 3 s'),
    line('the same after kill -9', crashed / 1000, 's', '≤ 3 s'),
  ];
}

/** Milliseconds until the server says that it is ready; it is ended with `signal` then. */
async function startOnce(folder: string, signal: NodeJS.Signals): Promise<number> {
  const begun = performance.now();
  const server = await startServer(folder);
  const taken = performance.now() - begun;
  await server.stop(signal);
  return taken;
}
