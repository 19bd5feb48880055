import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { builtPages, projectRoot } from '../paths';
import { benchEvents } from './events';
import { line } from './measure';
import { openBenchRouter } from './publish';

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
  const child = spawn(process.execPath, ['server/cli/ringside.mjs', 'start'], {
    cwd: projectRoot(),
    env: {
      ...process.env,
      NODE_ENV: 'production',
      RINGSIDE_DATA_DIR: folder,
      RINGRIFT_COORDINATION_DIR: folder,
      PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const text of createInterface({ input: child.stdout }))
    if (text.includes('Ringside is ready')) break;
  const taken = performance.now() - begun;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
  return taken;
}
