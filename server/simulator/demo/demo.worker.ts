import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { DemoDriver } from './driver';
import { openDemoFolder } from './folder';
import { openEventFile } from './event-file';

/** What starts the demo; `dir` is the coordination folder that the demo owns. */
const settings = z.object({
  dir: z.string().min(1),
  seed: z.union([z.number(), z.string()]).default(1),
  speed: z.number().positive().max(100_000).default(1),
  backlogHours: z.number().min(0).max(23).default(6),
  nodes: z.int().min(2).max(10_000).optional(),
  rate: z.number().positive().max(1000).optional(),
});
export type DemoWorkerData = z.input<typeof settings>;

/** `ready`: history is written and life begins. `failed`: it never began. `trouble`: a tick failed and will be retried. */
export type DemoWorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'trouble'; readonly message: string }
  | { readonly kind: 'stopped' };

const TICK_MS = 80;

const tell = (message: DemoWorkerMessage): void => parentPort?.postMessage(message);
const seconds = (): number => Date.now() / 1000;
const lineOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function run(): void {
  const options = settings.parse(workerData);
  const folder = openDemoFolder(options.dir, seconds());
  const log = openEventFile(folder.eventsFile);
  const driver = DemoDriver.open(log, folder.stateFile, options, seconds());
  let troubled = false;
  const timer = setInterval(() => {
    try {
      driver.tick(seconds());
      troubled = false;
    } catch (error) {
      // Once per trouble, not 12 times a second.
      if (!troubled) tell({ kind: 'trouble', message: `The demo cannot write its events: ${lineOf(error)}` });
      troubled = true;
    }
  }, TICK_MS);
  parentPort?.once('message', () => {
    clearInterval(timer);
    try {
      driver.stop();
    } catch (error) {
      tell({ kind: 'trouble', message: `The demo could not save its state: ${lineOf(error)}` });
    }
    log.close();
    tell({ kind: 'stopped' });
    parentPort?.close();
  });
  tell({ kind: 'ready' });
}

try {
  run();
} catch (error) {
  tell({ kind: 'failed', message: lineOf(error) });
}
