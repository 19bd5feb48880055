import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { projectRoot } from '../process/paths';

/** A whole server in a process of its own, as `npm start` runs it. */
export interface BenchServer {
  readonly child: ChildProcess;
  readonly url: string;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export async function startServer(
  folder: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<BenchServer> {
  const child = spawn('server/cli/ringside.mjs', ['start'], {
    cwd: projectRoot(),
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: '0',
      RINGSIDE_DATA_DIR: folder,
      RINGRIFT_COORDINATION_DIR: folder,
      RINGSIDE_ACCESS: 'open',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    child.kill(signal);
    return ended;
  };
  const lines = createInterface({ input: child.stdout });
  for await (const text of lines) {
    const url = /Ringside is ready: (http:[^"]+)/.exec(text)?.[1];
    if (!url) continue;
    // Read on, or the server would wait for its log to be read.
    child.stdout.resume();
    return { child, url, stop };
  }
  throw new Error('the server ended before it was ready');
}

/** Megabytes that the server's process holds; NaN where the system has no /proc. */
export function memoryOf({ child }: BenchServer): number {
  const file = `/proc/${child.pid ?? 0}/status`;
  if (!existsSync(file)) return Number.NaN;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1]) / 1_000;
}
