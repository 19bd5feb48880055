import { parentPort, workerData } from 'node:worker_threads';
import { LogSession } from './worker/log-session';
import type { FromWorker, ToWorker, WorkerSettings } from './worker/protocol';

/** The thread that owns events.db: a locked or slow file holds up nobody but this thread. */
const port = parentPort;
if (!port) throw new Error('the bridge to events.db runs as a worker thread only');

const settings = workerData as WorkerSettings;
const session = new LogSession(settings, (message: FromWorker) => port.postMessage(message));
const { pollMs } = settings.tuning;
let clock = setTimeout(turn, pollMs);

function turn(): void {
  clock = setTimeout(turn, pollMs);
  session.tick(Date.now());
}

port.on('message', (message: ToWorker) => {
  if (message.kind !== 'stop') {
    session.receive(message, Date.now());
    return;
  }
  clearTimeout(clock);
  session.close();
  port.close();
});
session.tick(Date.now());
