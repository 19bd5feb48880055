import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { temporaryFolder } from './bridge.test-support';
import { eventsDbPlace, ringriftDefaultFolder } from './place';

let place: ReturnType<typeof temporaryFolder>;
beforeEach(() => (place = temporaryFolder()));
afterEach(() => place.remove());

it('takes the folder that the environment names, whether it exists or not, and makes only the file', () => {
  expect(eventsDbPlace({ RINGRIFT_COORDINATION_DIR: '/none' }, '/data')).toEqual({
    file: '/none/events.db',
    create: 'file',
  });
});

it('takes RingRift’s default place only where its file exists', () => {
  const env = { XDG_RUNTIME_DIR: place.folder };
  const own = { file: '/data/coordination/events.db', create: 'folder' };
  expect(eventsDbPlace(env, '/data')).toEqual(own);
  mkdirSync(join(place.folder, 'ringrift_coordination'));
  expect(eventsDbPlace(env, '/data')).toEqual(own);
  const file = join(place.folder, 'ringrift_coordination', 'events.db');
  writeFileSync(file, '');
  expect(eventsDbPlace(env, '/data')).toEqual({ file, create: 'file' });
});

it('knows the default folder of root, of others, and of a session', () => {
  expect(ringriftDefaultFolder({}, 0)).toBe('/tmp/ringrift_coordination');
  expect(ringriftDefaultFolder({}, 1000)).toBe('/tmp/ringrift_coordination_1000');
  expect(ringriftDefaultFolder({ XDG_RUNTIME_DIR: '/run/user/1' }, 1000)).toBe(
    '/run/user/1/ringrift_coordination',
  );
});
