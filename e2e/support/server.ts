import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const root = path.resolve(import.meta.dirname, '..', '..');

interface LogLine {
  level: number;
  msg: string;
  [field: string]: unknown;
}

/** Whether a server asks who comes. */
export type Access = 'open' | 'accounts';

/** A real Ringside in a process of its own, on a data folder, a cluster folder and a port of its own. */
export class RingsideServer {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'ringside-e2e-'));
  readonly dataDir = path.join(this.folder, 'data');
  readonly clusterDir = path.join(this.folder, 'cluster');
  readonly log: LogLine[] = [];
  url = '';
  #child: ChildProcess | null = null;

  constructor(
    private readonly access: Access = 'open',
    private readonly settings: Readonly<Record<string, string>> = {},
  ) {
    mkdirSync(this.clusterDir);
  }

  get eventsDb(): string {
    return path.join(this.clusterDir, 'events.db');
  }

  get env(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      NODE_ENV: 'production',
      RINGSIDE_NO_BUILD: '1',
      RINGSIDE_DATA_DIR: this.dataDir,
      RINGRIFT_COORDINATION_DIR: this.clusterDir,
      RINGSIDE_ACCESS: this.access,
      PORT: String(this.#port),
      LOG_LEVEL: 'info',
      ...this.settings,
    };
  }

  #told = 0;
  /** Kept over restarts, so that a page that reconnects finds the server again. */
  #port = 0;

  /** Starts the server and waits until it says that it is ready. */
  async start(): Promise<void> {
    // As `npm start` does.
    const child = spawn('server/cli/ringside.mjs', ['start'], {
      cwd: root,
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const complaints: string[] = [];
    child.stderr.on('data', (chunk: Buffer) => complaints.push(String(chunk)));
    await new Promise<void>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (text) => {
        const entry = parseLine(text);
        if (!entry) return;
        this.log.push(entry);
        const ready = /^Ringside is ready: (http\S+)/.exec(entry.msg);
        if (!ready?.[1]) return;
        this.url = ready[1];
        this.#port = Number(new URL(this.url).port);
        resolve();
      });
      child.once('exit', (code, signal) =>
        reject(
          new Error(
            `the server ended with ${String(signal ?? code)} before it was ready:\n${complaints.join('')}`,
          ),
        ),
      );
    });
  }

  /** Ends the server as an operator would, or as a crash would. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  /** Stands still as a machine that swaps or hangs would: connections stay, nothing is answered; until `resume`. */
  pause(): void {
    this.#child?.kill('SIGSTOP');
  }

  resume(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Begins `ringside <args>` against this server's folders: for a command that goes on until it is ended. */
  running(...args: string[]): ChildProcessWithoutNullStreams {
    return spawn(process.execPath, ['server/cli/ringside.mjs', ...args], { cwd: root, env: this.env });
  }

  /** Runs `ringside <args>` against this server's folders. */
  async cli(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const child = this.running(...args);
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += String(chunk)));
    child.stderr.on('data', (chunk: Buffer) => (stderr += String(chunk)));
    const code = await new Promise<number>((resolve) => child.once('close', (value) => resolve(value ?? -1)));
    return { code, stdout, stderr };
  }

  /** Waits until all that is logged by now has been read: an answer is younger than it and comes by another way. */
  async logged(): Promise<void> {
    await fetch(`${this.url}/healthz`);
    await new Promise(setImmediate);
  }

  /** Log entries of level error or worse. */
  get errors(): LogLine[] {
    return this.log.filter(({ level }) => level >= 50);
  }

  /** Those that were not told before: of a server that several tests have, each is one test's fault. */
  freshErrors(): LogLine[] {
    const fresh = this.errors.slice(this.#told);
    this.#told += fresh.length;
    return fresh;
  }

  async dispose(): Promise<void> {
    this.resume();
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function parseLine(text: string): LogLine | null {
  try {
    return JSON.parse(text) as LogLine;
  } catch {
    return null;
  }
}
