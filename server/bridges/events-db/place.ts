import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What Ringside may create where nothing is: nothing, the file in a folder that exists, or the folder too. */
export type CreateMode = 'never' | 'file' | 'folder';

export interface EventsDbPlace {
  readonly file: string;
  readonly create: CreateMode;
}

export interface PlaceEnvironment {
  readonly RINGRIFT_COORDINATION_DIR?: string | undefined;
  readonly XDG_RUNTIME_DIR?: string | undefined;
}

export const EVENTS_DB = 'events.db';

/** The folder that RingRift's own processes take when nobody tells them another. `uid` is null where there is none. */
export function ringriftDefaultFolder(env: PlaceEnvironment, uid: number | null): string {
  if (env.XDG_RUNTIME_DIR) return join(env.XDG_RUNTIME_DIR, 'ringrift_coordination');
  const name = uid === null || uid === 0 ? 'ringrift_coordination' : `ringrift_coordination_${uid}`;
  return join(process.platform === 'win32' ? tmpdir() : '/tmp', name);
}

/**
 * Where the cluster's `events.db` is: the folder the environment names; else RingRift's default place if the file exists
 * there; else `coordination/` in the data folder, which is ours to create. In a named folder RingRift's processes
 * create the file at their first use, and so do we; the folder itself belongs to whoever named it.
 */
export function eventsDbPlace(
  env: PlaceEnvironment,
  dataDir: string,
  uid: number | null = process.getuid?.() ?? null,
): EventsDbPlace {
  if (env.RINGRIFT_COORDINATION_DIR) {
    return { file: join(env.RINGRIFT_COORDINATION_DIR, EVENTS_DB), create: 'file' };
  }
  const usual = join(ringriftDefaultFolder(env, uid), EVENTS_DB);
  if (existsSync(usual)) return { file: usual, create: 'file' };
  return { file: join(dataDir, 'coordination', EVENTS_DB), create: 'folder' };
}
