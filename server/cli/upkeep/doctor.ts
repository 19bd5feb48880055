import { accessSync, constants, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { ConfigError, readConfig, type Config } from '../../config';
import { actionsProblem } from './doctor-actions';
import { credentials, runningUrl } from '../common/target';
import { unknownSettings } from '../common/unknown-settings';

interface Finding {
  readonly ok: boolean;
  readonly text: string;
}

const good = (text: string): Finding => ({ ok: true, text });
const bad = (text: string): Finding => ({ ok: false, text });

/** Checks what a start depends on, a line each, and exits with 1 when something needs mending. Changes nothing. */
export async function doctor(): Promise<void> {
  const findings = [checkNode(), ...unknownSettings(process.env).map(bad), ...(await checkSettings())];
  for (const { ok, text } of findings) process.stdout.write(`${ok ? '✓' : '✗'} ${text}\n`);
  if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
}

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const fits = major > 20 || (major === 20 && minor >= 9);
  return fits
    ? good(`Node ${process.versions.node}`)
    : bad(`Node ${process.versions.node} is too old: install 20.9 or newer`);
}

async function checkSettings(): Promise<Finding[]> {
  try {
    const config = readConfig(process.env);
    return [
      checkFolder(config.dataDir),
      checkHistory(config),
      checkActions(config),
      checkEventsDb(config),
      await checkServer(config),
    ];
  } catch (error) {
    if (error instanceof ConfigError) return [bad(`settings: ${error.message}`)];
    throw error;
  }
}

export function checkFolder(folder: string): Finding {
  if (!existsSync(folder)) return good(`data folder ${folder}: not there yet, the first start creates it`);
  if (!statSync(folder).isDirectory())
    return bad(`data folder ${folder} is no folder: choose another with RINGSIDE_DATA_DIR`);
  try {
    accessSync(folder, constants.W_OK);
    return good(`data folder ${folder}`);
  } catch {
    return bad(`data folder ${folder} is not writable: change its owner, or set RINGSIDE_DATA_DIR`);
  }
}

function checkHistory({ dataDir }: Config): Finding {
  const file = path.join(dataDir, 'ringside.db');
  if (!existsSync(file)) return good('history: none yet');
  try {
    const db = new Database(file, { readonly: true });
    const result = db.pragma('quick_check(1)', { simple: true });
    const count = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM events').get()?.n ?? 0;
    db.close();
    if (result !== 'ok') return bad(`history ${file} is damaged (${String(result)}): restore a backup`);
    return good(`history: ${count} events, ${(statSync(file).size / 1e6).toFixed(1)} MB, intact`);
  } catch (error) {
    return bad(`history ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function checkActions({ dataDir }: Config): Finding {
  const file = path.join(dataDir, 'ringside.db');
  if (!existsSync(file)) return good('actions: none yet');
  try {
    const { entries, problem } = actionsProblem(file);
    return problem === null
      ? good(`actions: ${entries}, each as it was written and chained to the one before`)
      : bad(`actions: ${problem}: somebody changed ringside.db by other means; compare with a backup`);
  } catch (error) {
    return bad(`actions cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function checkEventsDb({ eventsDb: { file, create } }: Config): Finding {
  if (!existsSync(file)) {
    const folderThere = existsSync(path.dirname(file));
    if (create === 'never' || (create === 'file' && !folderThere))
      return bad(`events.db: ${file} does not exist; check RINGRIFT_COORDINATION_DIR`);
    return good(`events.db: ${file} does not exist yet, the first start creates it`);
  }
  try {
    const db = new Database(file, { readonly: true });
    const count = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM events').get()?.n ?? 0;
    db.close();
    accessSync(file, constants.W_OK);
    return good(`events.db: ${file}, ${count} rows`);
  } catch (error) {
    return bad(`events.db: ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function checkServer(config: Config): Promise<Finding> {
  const url = runningUrl(config);
  if (!url) return good('server: none runs on this data folder');
  try {
    const report = (await (await fetch(`${url}/healthz`, { headers: credentials(config) })).json()) as {
      status: string;
      checks: { name: string; ok: boolean; detail: string | null }[];
    };
    const trouble = report.checks
      .filter(({ ok }) => !ok)
      .map(({ name, detail }) => `${name}: ${detail ?? 'not well'}`);
    return trouble.length === 0
      ? good(`server: ${url}, ${report.status}`)
      : bad(`server: ${url}, ${trouble.join('; ')}`);
  } catch (error) {
    return bad(
      `server: ${url} does not answer (${error instanceof Error ? error.message : String(error)}): look at its log`,
    );
  }
}
