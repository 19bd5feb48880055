import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from './support/fixtures';
import { RingRiftProcess } from './support/producer';
import { allEvents, totalOf } from './support/rest';
import { RingsideServer } from './support/server';

const recording = path.resolve(
  import.meta.dirname,
  '..',
  '..',
  'shared',
  'data',
  'recorded-cluster.events.db.gz',
);

test('import without a server: all rows once, a second import adds nothing, bad rows are told', async () => {
  const server = new RingsideServer();
  const log = new RingRiftProcess(server.eventsDb, 'old');
  await log.stream(300, 100_000);
  await log.publish('host_online', '{"node_id": NaN}');
  await log.publish('host_online', '{"node_id": "gh200-a"}');
  log.close();
  const first = await server.cli('import', server.eventsDb);
  expect(first.stdout).toContain('301 new events');
  expect(first.stdout).toContain('1 unreadable rows');
  const second = await server.cli('import', server.eventsDb);
  expect(second.stdout).toContain('0 new events');
  expect(second.stdout).toContain('301 known already');
  const missing = await server.cli('import', path.join(server.folder, 'nothing.db'));
  expect(missing.code).toBe(1);
  expect(missing.stderr).toMatch(/^ringside: .*nothing\.db/);
  await server.dispose();
});

test('an export becomes a history again, with and without a server; a bad line and a bad query are told', async ({
  ringside,
}) => {
  const log = new RingRiftProcess(ringside.eventsDb, 'old');
  await log.stream(300, 100_000);
  await log.publish('host_online', '{"node_id": "gh200-a", "note": "=1+1"}');
  log.close();
  await expect.poll(() => totalOf(ringside.url)).toBe(301);
  const first = path.join(ringside.folder, 'first.ndjson');
  const through = await ringside.cli('export', '-o', first);
  expect(through).toMatchObject({ code: 0, stderr: '' });
  expect(through.stdout).toMatch(/^exported 301 events \(\S+ MB\) to /);
  const packed = path.join(ringside.folder, 'first.ndjson.gz');
  expect(await ringside.cli('export', '-o', packed)).toMatchObject({ code: 0, stderr: '' });
  expect(gunzipSync(readFileSync(packed)).toString()).toBe(readFileSync(first, 'utf8'));
  await ringside.stop();
  expect((await ringside.cli('export')).stdout).toBe(readFileSync(first, 'utf8'));
  const wrong = await ringside.cli('export', '-q', 'node:a (b');
  expect(wrong).toMatchObject({ code: 1, stdout: '' });
  expect(wrong.stderr).toMatch(/^ringside: the query has a mistake:\nnode:a \(b\n {7}\^/);

  const second = new RingsideServer();
  const lines = readFileSync(first, 'utf8').split('\n');
  const zipped = path.join(second.folder, 'no-ending');
  writeFileSync(zipped, gzipSync([lines[0], '{"event_id": 7}', ...lines.slice(1)].join('\n')));
  const imported = await second.cli('import', zipped);
  expect(imported.code).toBe(1);
  expect(imported.stdout).toContain('301 new events (0 of them repetitions), 0 known already, 1 bad line\n');
  expect(imported.stderr).toBe('ringside: line 2: event_id must be a UUID\n');
  const kept = (text: string): string => text.replace(/"(seq|received_at)":[\d.]+,/g, '');
  expect(kept((await second.cli('export')).stdout)).toBe(kept(readFileSync(first, 'utf8')));
  const found = await second.cli('export', '-q', 'payload.note:"=1+1"', '--format', 'csv');
  expect(found.stdout.split('\r\n')).toHaveLength(3);
  const table = path.join(second.folder, 'found.csv');
  writeFileSync(table, found.stdout);
  const refused = await second.cli('import', table);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain('found.csv is no export of events: none of its 2 lines is one.');
  await second.dispose();
});

test.describe('on a server that others used', () => {
  test.use({ shares: true });

  test('publish and tail work through the running server; publish also without one', async ({ ringside }) => {
    const before = await totalOf(ringside.url);
    const published = await ringside.cli(
      'publish',
      'model_promoted',
      '{"model_id": "hex8_2p_v7"}',
      '--source',
      'e2e',
    );
    expect(JSON.parse(published.stdout)).toMatchObject({ status: 'stored', seq: before + 1 });
    const tail = ringside.running(
      'tail',
      '--json',
      '-n',
      '1',
      '-q',
      'model:hex8_2p_v7,hex8_2p_v8,hex8_2p_v9',
    );
    let told = '';
    tail.stdout.on('data', (chunk: Buffer) => (told += String(chunk)));
    const models = (): string[] => [...told.matchAll(/"model":"(\w+)"/g)].map(([, model]) => model ?? '');
    await expect.poll(models).toEqual(['hex8_2p_v7']);
    const refused = await ringside.cli('publish', 'model_promoted', 'not json');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^ringside: the payload is not valid JSON/);
    await ringside.stop();
    const offline = await ringside.cli('publish', 'model_promoted', '{"model_id": "hex8_2p_v8"}');
    expect(JSON.parse(offline.stdout)).toMatchObject({ status: 'stored', seq: before + 2 });
    await ringside.start();
    expect(await totalOf(ringside.url)).toBe(before + 2);
    await ringside.cli('publish', 'model_promoted', '{"model_id": "hex8_2p_v9"}');
    await expect.poll(models, 'goes on where it was').toEqual(['hex8_2p_v7', 'hex8_2p_v8', 'hex8_2p_v9']);
    tail.kill('SIGINT');
    expect(await once(tail, 'close')).toEqual([0, null]);
  });

  test('a backup of a running server is whole, overwrites nothing, and becomes a history again', async ({
    ringside,
    own,
  }) => {
    const log = new RingRiftProcess(ringside.eventsDb, own.source);
    const before = await totalOf(ringside.url);
    const streaming = log.stream(600, 400);
    await expect.poll(() => totalOf(ringside.url)).toBeGreaterThan(before + 50);
    const file = path.join(ringside.folder, 'backup.db');
    const made = await ringside.cli('backup', file);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const events = Number(/: (\d+) events, \S+ MB, intact\n$/.exec(made.stdout)?.[1]) - before;
    expect(events).toBeGreaterThan(50);
    const again = await ringside.cli('backup', file);
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toMatch(/^ringside: .*backup\.db is there already/);
    await streaming;
    log.close();
    await own.stored(600);
    expect(readdirSync(ringside.folder).filter((name) => name.startsWith('backup'))).toEqual(['backup.db']);

    const restored = new RingsideServer();
    mkdirSync(restored.dataDir);
    copyFileSync(file, path.join(restored.dataDir, 'ringside.db'));
    await restored.start();
    const numbers = (await allEvents(restored.url, `&source=${own.source}`)).map(
      ({ payload }) => payload['new_games'],
    );
    expect(numbers).toEqual(Array.from({ length: events }, (_, number) => number));
    await restored.dispose();
  });

  test('doctor says what is well and what is not', async ({ ringside }) => {
    const events = await totalOf(ringside.url);
    const well = await ringside.cli('doctor');
    expect(well.code).toBe(0);
    expect(well.stdout).toContain(`✓ history: ${events} events`);
    expect(well.stdout).toMatch(/✓ server: http/);
  });
});

test('a bad setting stops the start with one clear line', async () => {
  const server = new RingsideServer();
  process.env['RINGSIDE_NATS_URL'] = 'nats://localhost';
  const { code, stderr } = await server.cli('start');
  delete process.env['RINGSIDE_NATS_URL'];
  expect(code).toBe(1);
  expect(stderr.trim()).toMatch(/^ringside: RINGSIDE_NATS_URL: [^\n]+$/);
  await server.dispose();
});

test.describe('with the recording', () => {
  // Said before a server and a page start for nothing.
  test.skip(!existsSync(recording), 'the recording is not beside this checkout');

  test('the recording folds to the champions and ratings that its rows tell', async ({ page, ringside }) => {
    // Into the running server, while a page looks on.
    await page.goto(ringside.url);
    await ringside.cli('import', recording);
    const state = async (name: string): Promise<unknown> =>
      (await fetch(`${ringside.url}/api/state/${name}`)).json();
    expect(await state('models')).toMatchObject({
      configs: {
        hex8_2p: { champion: 'hex8_2p_v43', elo: 1994.6 },
        hex8_3p: { champion: 'hex8_3p_v61', elo: 1828.7 },
        square8_2p: { champion: 'square8_2p_v47', elo: 1908.1 },
        square8_3p: { champion: 'square8_3p_v44', elo: 2022.2 },
        square19_2p: { champion: 'square19_2p_v77', elo: 1907.7 },
        hexagonal_2p: { champion: 'hexagonal_2p_v54', elo: 1769.3 },
      },
    });
    const { nodes } = (await state('nodes')) as { nodes: Record<string, { status: string }> };
    expect(Object.values(nodes).map(({ status }) => status)).toEqual(Array(14).fill('online'));
    const { total, events } = (await (
      await fetch(`${ringside.url}/api/events?limit=1&until=1766800000`)
    ).json()) as { total: number; events: unknown[] };
    expect(events).toHaveLength(1);
    expect(total).toBeGreaterThan(20_000);
    await expect(page.getByText('hex8_2p_v43').first()).toBeVisible();
    await expect(page.getByText('2022.2').first()).toBeVisible();
  });
});
