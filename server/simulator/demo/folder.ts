import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Stands in a folder that the demo made. */
export const DEMO_MARKER = 'ringside-demo.json';
const KIND = 'ringside-demo';

/** The folder is not the demo's own. The message is one clear line for the terminal. */
export class DemoFolderError extends Error {
  override readonly name = 'DemoFolderError';
}

export interface DemoFolder {
  readonly eventsFile: string;
  readonly stateFile: string;
}

/**
 * Opens the demo's folder, or makes one where there is nothing yet. The demo writes only where its marker file says that
 * the demo made the place: a real cluster's folder looks just the same otherwise. Throws DemoFolderError for any other.
 */
export function openDemoFolder(dir: string, now: number): DemoFolder {
  const marker = join(dir, DEMO_MARKER);
  const events = join(dir, 'events.db');
  if (existsSync(marker)) checkMarker(marker, dir);
  else if (existsSync(dir) && !isEmpty(dir)) refuse(dir, `it holds files but no ${DEMO_MARKER}`);
  else makeFolder(dir, marker, now);
  // A link would lead the demo's writes out of its folder.
  if (existsSync(events) && !lstatSync(events).isFile()) refuse(dir, 'its events.db is not a plain file');
  return { eventsFile: events, stateFile: join(dir, 'world.json') };
}

function isEmpty(dir: string): boolean {
  return lstatSync(dir).isDirectory() && readdirSync(dir).length === 0;
}

function makeFolder(dir: string, marker: string, now: number): void {
  mkdirSync(dir, { recursive: true });
  const text = {
    kind: KIND,
    note: 'Made by the Ringside demo, which may overwrite everything in this folder.',
    created_at: now,
  };
  writeFileSync(marker, `${JSON.stringify(text, null, 2)}\n`, { flag: 'wx' });
}

function checkMarker(marker: string, dir: string): void {
  let kind: unknown;
  try {
    const content: unknown = JSON.parse(readFileSync(marker, 'utf8'));
    kind = typeof content === 'object' && content !== null && 'kind' in content ? content.kind : undefined;
  } catch {
    kind = undefined;
  }
  if (kind !== KIND) refuse(dir, `its ${DEMO_MARKER} is not one that the demo wrote`);
}

function refuse(dir: string, why: string): never {
  throw new DemoFolderError(`The demo does not write to ${dir}: ${why}. Give it an empty or a new folder.`);
}
