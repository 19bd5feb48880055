import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the checkout: the nearest folder above this module that holds `next.config.js`, in sources and in `dist/` alike. */
export function projectRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'next.config.js'))) {
    const parent = path.dirname(folder);
    if (parent === folder)
      throw new Error('Ringside must run inside its checkout: no next.config.js above the program.');
    folder = parent;
  }
  return folder;
}

/** The name of the build that pages are served from; null where they are not built. */
export function builtPages(): string | null {
  const file = path.join(projectRoot(), '.next', 'BUILD_ID');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}

/** Where the numbered SQL migrations are. */
export function migrationsFolder(): string {
  return path.join(projectRoot(), 'db', 'migrations');
}
