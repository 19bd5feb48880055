import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { workerFile } from '../../process/worker-file';
import type { DemoWorkerData, DemoWorkerMessage } from './demo.worker';
import { DEMO_MARKER, DemoFolderError, openDemoFolder } from './folder';

export interface DemoCluster {
  stop(): Promise<void>;
}

/** Starts the simulated cluster in a thread of its own; resolves once its history is written. Throws DemoFolderError when it cannot. */
export async function startDemoCluster(
  data: DemoWorkerData,
  onTrouble: (message: string) => void,
): Promise<DemoCluster> {
  const worker = new Worker(await workerFile('demo.worker', import.meta.url), { workerData: data });
  const first = await new Promise<DemoWorkerMessage>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  if (first.kind === 'failed') throw new DemoFolderError(first.message);
  worker.on('message', (message: DemoWorkerMessage) => {
    if (message.kind === 'trouble') onTrouble(message.message);
  });
  worker.on('error', (error) =>
    onTrouble(`The demo's cluster stopped: ${error instanceof Error ? error.message : String(error)}`),
  );
  return {
    stop: async () => {
      const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      worker.postMessage('stop');
      await ended;
    },
  };
}

/** Where a demo keeps its cluster, below its data folder. */
export function demoCoordination(dataDir: string): string {
  return path.join(dataDir, 'coordination');
}

/**
 * Makes sure that a data folder is the demo's to use, and forgets the last demo when asked to. Throws DemoFolderError for
 * a folder whose cluster or history a demo did not make: nothing is deleted there, and no simulated event mixes in.
 */
export function claimDemoFolder(dataDir: string, fresh: boolean): void {
  const coordination = demoCoordination(dataDir);
  const history = path.join(dataDir, 'ringside.db');
  if (existsSync(history) && !existsSync(path.join(coordination, DEMO_MARKER)))
    throw new DemoFolderError(
      `${dataDir} holds a history that no demo made: unset RINGSIDE_DATA_DIR, or name an empty folder.`,
    );
  // Checks what the marker says, not just that there is one, before anything is deleted.
  openDemoFolder(coordination, Date.now() / 1000);
  if (!fresh) return;
  for (const place of [coordination, history, `${history}-wal`, `${history}-shm`])
    rmSync(place, { recursive: true, force: true });
}
