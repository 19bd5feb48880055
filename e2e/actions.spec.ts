import { connect } from 'node:net';
import { expect, test } from './support/fixtures';
import { seriousFindings } from './support/inspect';
import { escapeTo, tabTo, typeInto } from './support/keyboard';
import type { OwnEvents } from './support/own-events';
import { goInside, live } from './support/pages';
import type { RingRiftProcess } from './support/producer';
import { allEvents, totalOf } from './support/rest';
import type { RingsideServer } from './support/server';

/** The config of a test, which no other test on the same server has, with its champion and two that may follow. */
const modelsOf = (config: string) => ({
  config,
  old: `${config}_v7`,
  new: `${config}_v8`,
  next: `${config}_v9`,
});
type Models = ReturnType<typeof modelsOf>;

async function fill(own: OwnEvents, cluster: RingRiftProcess, models: Models): Promise<void> {
  await cluster.pollAndAck(['MODEL_PROMOTED', 'model_promoted']);
  const common = { config_key: models.config, win_rate: 0.61, games_played: 400 };
  await cluster.publish('host_online', { node_id: 'gh200-a' });
  await cluster.publish('MODEL_PROMOTED', { model_id: models.old, config_key: models.config, elo: 1580 });
  for (const [model_id, elo] of [
    [models.old, 1580],
    [models.new, 1634.5],
    [models.next, 1650],
  ])
    await cluster.publish('EVALUATION_COMPLETED', { ...common, model_id, elo });
  await own.stored(5);
}

const promotions = async (server: RingsideServer, { config }: Models) =>
  allEvents(server.url, `&type=MODEL_PROMOTED&source=ringside&config=${config}`);

test('one operator promotes by keyboard; the other’s dialog says so at once and refuses', async ({
  page,
  context,
  ringside,
  own,
  cluster,
}) => {
  const models = modelsOf('hex8_2p');
  await fill(own, cluster, models);
  await page.goto(`${ringside.url}/models/${models.new}`);
  await live(page);
  const other = await context.newPage();
  await other.goto(`${ringside.url}/models`);
  await live(other);
  await other.getByRole('button', { name: `Promote ${models.next}…` }).click();
  const theirs = other.getByRole('dialog');
  await theirs.getByLabel(/^Reason/).fill('stronger still');
  await theirs.getByLabel(`Type ${models.next} to confirm`).fill(`${models.next} `);
  await expect(theirs.getByRole('button', { name: 'Promote', exact: true })).toBeEnabled();
  await other.evaluate(() => {
    const seen = window as unknown as { changedAt?: number };
    new MutationObserver(() => {
      if (document.body.textContent.includes('The champion changed')) seen.changedAt ??= Date.now();
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });

  await tabTo(page, page.getByRole('button', { name: 'Promote…' }));
  await page.keyboard.press('Enter');
  const mine = page.getByRole('dialog');
  await expect(mine.getByText('Give a reason of 3 to 500 characters.')).toBeVisible();
  await typeInto(page, mine.getByLabel(/^Reason/), '400 games say so');
  await expect(mine.getByText('Type the model’s name to confirm.')).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.type(models.new);
  expect(await seriousFindings(page, 'the dialog')).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(mine.getByText('It is champion now.')).toBeVisible();

  await expect(theirs.getByText('The champion changed while this was open')).toBeVisible();
  await expect(theirs.getByRole('button', { name: 'Promote', exact: true })).toBeDisabled();
  const [event] = await promotions(ringside, models);
  expect(event?.payload).toMatchObject({
    model_id: models.new,
    reason: '400 games say so',
    actor: 'local:local operator',
  });
  const changedAt = await other.evaluate(() => (window as unknown as { changedAt?: number }).changedAt);
  const took = (changedAt ?? Infinity) - (event?.timestamp ?? 0) * 1000;
  test.info().annotations.push({ type: 'told after', description: `${took.toFixed(0)} ms` });
  expect(changedAt).toBeDefined();

  // The cluster gets it, acks it and answers; all of it shows by itself.
  await expect(mine.getByText(/^row \d+ of events\.db$/)).toBeVisible();
  await expect
    .poll(async () => (await cluster.pollAndAck(['MODEL_PROMOTED', 'model_promoted'])).length)
    .toBe(2);
  await expect(mine.getByText('Acknowledged by 1 of 1 subscriber')).toBeVisible();
  await expect(mine.getByText(/^e2e on /)).toBeVisible();
  await cluster.publish('MODEL_DISTRIBUTION_COMPLETE', {
    model_id: models.new,
    config_key: models.config,
    nodes: ['gh200-a'],
  });
  await expect(mine.getByRole('link', { name: 'MODEL_DISTRIBUTION_COMPLETE' })).toBeVisible();
  await tabTo(page, mine.getByRole('link', { name: 'Show in the log' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('Evidence as it was')).toBeVisible();
  expect(await promotions(ringside, models)).toHaveLength(1);
});

test.describe('on a server that others used', () => {
  test.use({ shares: true });

  test('a press without a server fails at once and never runs later; after kill -9 the retry is the same press', async ({
    ringside,
    own,
    cluster,
  }) => {
    const models = modelsOf('square8_2p');
    await fill(own, cluster, models);
    const promote = () =>
      ringside.cli('promote', models.new, '--reason', 'from the command line', '--key', 'retry-0001');
    expect(await promote()).toMatchObject({ code: 0, stderr: expect.stringContaining('Elo 1634.5') });
    await ringside.stop('SIGKILL');
    expect(await promote()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no server runs'),
    });
    await ringside.start();
    const form = {
      key: 'retry-0001',
      model_id: models.new,
      confirm: models.new,
      reason: 'from the command line',
    };
    const again = await fetch(`${ringside.url}/api/trpc/actions.promote`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...form, expected_champion: models.old }),
    });
    expect(await again.json()).toMatchObject({ result: { data: { repeated: true } } });
    expect(await promotions(ringside, models)).toHaveLength(1);
    const { stdout, code } = await ringside.cli('doctor');
    const acts = await totalOf(ringside.url, '&source=ringside');
    expect([code, stdout]).toEqual([0, expect.stringContaining(`actions: ${acts}, each as it was written`)]);
  });

  test('a rollback, the lifting of its hold, a request and a cancelled work item are made by keyboard alone', async ({
    page,
    ringside,
    own,
    cluster,
  }) => {
    const models = modelsOf('hexagonal_2p');
    await fill(own, cluster, models);
    await cluster.publish('MODEL_PROMOTED', { model_id: models.new, config_key: models.config, elo: 1634.5 });
    await cluster.publish('WORK_QUEUED', { work_id: 'w-1', work_type: 'selfplay', priority: 50 });
    await own.stored(7);
    const before = await totalOf(ringside.url, '&source=ringside');
    await page.goto(`${ringside.url}/models/${models.new}`);
    await live(page);
    const dialog = page.getByRole('dialog');
    const open = async (name: string) => {
      const opener = page.getByRole('button', { name, exact: true });
      await tabTo(page, opener);
      await page.keyboard.press('Enter');
      return opener;
    };
    const press = async (name: string) => {
      await tabTo(page, dialog.getByRole('button', { name, exact: true }));
      await page.keyboard.press('Enter');
    };
    const inPlace = () =>
      expect.poll(() => page.evaluate(() => document.activeElement?.closest('main') != null)).toBe(true);
    // Looked at and left: the focus is back where it was.
    const rollback = await open('Roll back…');
    await expect(dialog.getByText('Give a reason of 3 to 500 characters.')).toBeVisible();
    await escapeTo(page, rollback);
    await page.keyboard.press('Enter');
    await expect(dialog.getByText('Give a reason of 3 to 500 characters.')).toBeVisible();
    await typeInto(page, dialog.getByLabel(/^Reason/), 'it loses to the last one');
    await page.keyboard.press('Tab');
    await page.keyboard.type(models.new);
    await press('Roll back');
    await expect(dialog.getByText('The earlier champion is back.')).toBeVisible();
    await page.keyboard.press('Escape');
    // The button is gone with what it was for, and the focus stays near.
    await expect(rollback).toHaveCount(0);
    await inPlace();

    const lift = await open('Lift the hold…');
    await typeInto(page, dialog.getByLabel(/^Reason/), 'it was the data');
    await press('Lift the hold');
    await expect(dialog.getByText('The hold is lifted.')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(lift).toHaveCount(0);
    await inPlace();

    await goInside(page, `/quality?config=${models.config}`);
    const ask = await open('Ask…');
    await expect(page.getByRole('dialog', { name: 'What can be asked for here' })).toBeVisible();
    await open('Ask for a quality check…');
    // The page is about one config, so the form knows it.
    await expect(dialog.getByLabel('Config')).toHaveValue(models.config);
    await typeInto(page, dialog.getByLabel(/^Reason/), 'to be sure');
    await press('Ask');
    await expect(dialog.getByText('Asked.')).toBeVisible();
    await escapeTo(page, ask);

    await page.goto(`${ringside.url}/work?item=w-1`);
    await open('Cancel w-1…');
    await expect(dialog.getByLabel('Work item')).toHaveValue('w-1');
    await typeInto(page, dialog.getByLabel(/^Reason/), 'nobody needs it');
    await press('Take it out');
    await expect(dialog.getByText('The cluster is told to leave it.')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name: 'w-1' })).toContainText('cancelled');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await inPlace();
    const ours = await allEvents(ringside.url, '&source=ringside');
    expect(ours.slice(before).map(({ event_type }) => event_type)).toEqual([
      ...['PROMOTION_ROLLED_BACK', 'RINGSIDE_HOLD_RELEASED', 'QUALITY_CHECK_REQUESTED', 'WORK_CANCELLED'],
    ]);
  });

  test('promote, roll back, promote within a minute reach Python as three; one key is one, through ten presses and a kill', async ({
    ringside,
    own,
    cluster,
  }) => {
    const models = modelsOf('square19_2p');
    await fill(own, cluster, models);
    const call = async (procedure: string, input: object): Promise<unknown> => {
      const response = await fetch(`${ringside.url}/api/trpc/actions.${procedure}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(input),
      });
      return response.json();
    };
    const common = {
      confirm: models.new,
      model_id: models.new,
      reason: 'within a minute',
      acknowledged: ['held'],
    };
    const promote = (key: string) => call('promote', { ...common, key, expected_champion: models.old });
    const ten = await Promise.all(Array.from({ length: 10 }, () => promote('press-0001')));
    expect(ten.filter((each) => JSON.stringify(each).includes('"repeated":false'))).toHaveLength(1);
    await call('rollback', {
      ...common,
      key: 'press-0002',
      rollback_to: models.old,
      expected_champion: models.new,
    });

    // Sent, committed and forwarded; the answer is never read, because the server is killed.
    const body = JSON.stringify({ ...common, key: 'press-0003', expected_champion: models.old });
    const unread = connect(Number(new URL(ringside.url).port), '127.0.0.1');
    unread.on('error', () => undefined).pause();
    unread.write(
      `POST /api/trpc/actions.promote HTTP/1.1\r\nHost: ${new URL(ringside.url).host}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${String(body.length)}\r\n\r\n${body}`,
    );
    const types = ['MODEL_PROMOTED', 'model_promoted', 'PROMOTION_ROLLED_BACK', 'promotion_rolled_back'];
    const got: string[] = [];
    const poll = async (): Promise<void> => {
      for (const { event_type, payload, source } of await cluster.pollAndAck(types))
        if (source === 'ringside' && payload.includes(models.config)) got.push(event_type.toUpperCase());
    };
    const reach = () =>
      expect
        .poll(async () => {
          await poll();
          return got;
        })
        .toEqual(['MODEL_PROMOTED', 'PROMOTION_ROLLED_BACK', 'MODEL_PROMOTED']);
    await reach();
    await ringside.stop('SIGKILL');
    unread.destroy();
    await ringside.start();
    expect(await promote('press-0003')).toMatchObject({ result: { data: { repeated: true } } });
    // Another one behind them: once it is there, nothing before it is still on its way.
    await call('request', {
      ...{
        kind: 'quality.check',
        key: 'press-0004',
        reason: 'the last one',
        fields: { config_key: models.config },
      },
    });
    types.push('QUALITY_CHECK_REQUESTED', 'quality_check_requested');
    await expect
      .poll(async () => {
        await poll();
        return got.at(-1);
      })
      .toBe('QUALITY_CHECK_REQUESTED');
    expect(got).toHaveLength(4);
    expect(await promotions(ringside, models)).toHaveLength(2);
  });
});
