import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { modelEntity } from '../../../domain/projections/models';
import { openProblems, problemEntity } from '../../../domain/projections/problems';
import { TestDesk } from './actions.test-support';

let desk: TestDesk;
beforeAll(async () => (desk = await new TestDesk().open()));
afterAll(() => desk.dispose());

/** Each test has a config of its own. */
let number = 100;
let [CONFIG, OLD, NEW, NEXT] = ['', '', '', ''];
beforeEach(async () => {
  CONFIG = `hex${String(number++)}_2p`;
  [OLD, NEW, NEXT] = [`${CONFIG}_v7`, `${CONFIG}_v8`, `${CONFIG}_v9`];
  desk.config = CONFIG;
  await desk.tell('MODEL_PROMOTED', { model_id: OLD, elo: 1580 }, 900);
  await desk.evaluated(OLD, 1580, {}, 800);
  await desk.evaluated(NEW, 1634.5);
});

const order = (more: object = {}) => ({
  ...{
    key: `${CONFIG}-1`,
    model_id: NEW,
    confirm: NEW,
    reason: 'stronger in 400 games',
    expected_champion: OLD,
  },
  ...more,
});
const back = (more: object = {}) => ({
  ...order({ key: `${CONFIG}-back`, expected_champion: NEW }),
  ...{ rollback_to: OLD, ...more },
});
const champion = () => desk.engine.state.fold.topicReader('models.configs')?.entity(CONFIG);
const model = (id: string) => modelEntity(desk.engine.state.fold.states().models, id);
const promotions = async () =>
  (await desk.engine.history.query({ source: ['ringside'], config: [CONFIG] }, { order: 'asc', limit: 100 }))
    .events;
const logged = () => desk.engine.history.listActions({ text: CONFIG }, { limit: 100 });

/** What a refusal tells: its code, its line and what programs read. */
async function refused(work: Promise<unknown>) {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TRPCError)) throw new Error('nothing was refused');
  return {
    code: error.code,
    message: error.message,
    details: (error.cause as { details?: unknown } | undefined)?.details,
  };
}

describe('a promotion', () => {
  it('publishes what the catalogue says, with who and why, and is written down with the evidence', async () => {
    const { action_id, repeated } = await desk.caller('kim').promote(order());
    expect(repeated).toBe(false);
    expect(champion()).toMatchObject({ champion: NEW, previous: OLD });
    const [event] = await promotions();
    expect(event).toMatchObject({
      eventId: action_id,
      eventType: 'MODEL_PROMOTED',
      source: 'ringside',
      config: CONFIG,
    });
    expect(event?.payload).toMatchObject({
      ...{ model_id: NEW, config_key: CONFIG, tier: 'production', promotion_type: 'production', elo: 1634.5 },
      ...{ elo_improvement: 54.5, reason: 'stronger in 400 games', actor: 'cli:kim', action_id },
    });
    expect(await desk.caller().detail({ action_id })).toMatchObject({
      ...{
        kind: 'models.promote',
        actor: 'kim',
        address: '127.0.0.1',
        subject: NEW,
        reason: 'stronger in 400 games',
      },
      evidence: {
        coming: { model_id: NEW, elo: 1634.5, games: 400 },
        going: { model_id: OLD, elo: 1580 },
        warnings: [],
      },
      status: { state: 'committed', seq: event?.seq, awaits: ['MODEL_DISTRIBUTION_COMPLETE'], answer: null },
    });
  });

  it('weighs the quality of the games that there were when the training began, as the page of the model does', async () => {
    const job = { job_id: `${CONFIG}-job` };
    await desk.tell('QUALITY_SCORE_UPDATED', { avg_quality: 0.81 }, 500);
    await desk.tell('TRAINING_STARTED', job, 400);
    await desk.tell('QUALITY_SCORE_UPDATED', { avg_quality: 0.78 }, 300);
    await desk.tell('TRAINING_COMPLETED', { ...job, model_id: NEXT }, 200);
    expect((await desk.caller().promotionEvidence({ model_id: NEXT })).coming).toMatchObject({
      data_quality: 0.81,
    });
  });

  it('makes the first champion of a config, which improves on nobody', async () => {
    CONFIG = desk.config = `first${CONFIG}`;
    const first = `${CONFIG}_v1`;
    await desk.evaluated(first, 1500);
    const asked = order({ model_id: first, confirm: first, expected_champion: null });
    await desk.caller('kim').promote(asked);
    expect(champion()).toMatchObject({ champion: first, previous: null });
    const [event] = await promotions();
    expect(event?.payload).toMatchObject({ model_id: first, elo: 1500 });
    expect(event?.payload).not.toHaveProperty('elo_improvement');
  });

  it('is one event however often its key is pressed, at once, again, and after a crash', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => desk.caller().promote(order())));
    expect(new Set(all.map(({ action_id }) => action_id)).size).toBe(1);
    expect(all.filter(({ repeated }) => !repeated)).toHaveLength(1);
    await desk.close();
    await desk.open();
    expect(await desk.caller().promote(order())).toMatchObject({
      action_id: all[0]?.action_id,
      repeated: true,
    });
    expect([(await promotions()).length, (await logged()).total]).toEqual([1, 1]);
  });

  it('refuses a key that stands for something else', async () => {
    await desk.caller().promote(order());
    expect(await refused(desk.caller().promote(order({ reason: 'another reason' })))).toMatchObject({
      code: 'CONFLICT',
      details: { reason: 'key_reused' },
    });
  });

  it('refuses when the champion is another than the operator saw, and names it', async () => {
    await desk.evaluated(NEXT, 1650);
    await desk.tell('MODEL_PROMOTED', { model_id: NEXT, elo: 1650 });
    expect(await refused(desk.caller().promote(order()))).toMatchObject({
      ...{ code: 'CONFLICT', message: expect.stringContaining(NEXT) as string },
      details: { reason: 'champion_changed', champion: NEXT },
    });
    expect((await logged()).total).toBe(0);
  });

  it.each([
    ['few_games', { games_played: 99 }, 600],
    ['lower_elo', { elo: 1500 }, 600],
    ['old_evaluation', {}, 90_000],
  ] as const)('wants a second look: %s', async (code, figures, secondsAgo) => {
    await desk.evaluated(NEXT, 1650, figures, secondsAgo);
    const asked = order({ model_id: NEXT, confirm: NEXT });
    expect(await refused(desk.caller().promote(asked))).toMatchObject({
      ...{ code: 'CONFLICT', details: { reason: 'warnings', warnings: [{ code }] } },
    });
    await desk.caller().promote({ ...asked, acknowledged: [code] });
    expect(champion()).toMatchObject({ champion: NEXT });
  });

  it('wants a second look at a corrupted model and at one that nobody measured', async () => {
    await desk.tell('MODEL_CORRUPTED', { model_id: NEW, corruption_type: 'checksum' });
    expect((await refused(desk.caller().promote(order()))).details).toMatchObject({
      warnings: [{ code: 'corrupted' }],
    });
    await desk.tell('TRAINING_COMPLETED', { model_id: NEXT });
    const unknown = order({ model_id: NEXT, confirm: NEXT });
    expect((await refused(desk.caller().promote(unknown))).details).toMatchObject({
      warnings: [{ code: 'not_evaluated' }],
    });
  });

  it('refuses what is not whole or not possible, and says why', async () => {
    const cases = [
      [{ reason: '  x ' }, 'BAD_REQUEST', /reason/],
      [{ confirm: CONFIG }, 'BAD_REQUEST', /type the model's name/],
      [{ model_id: 'nobody', confirm: 'nobody' }, 'NOT_FOUND', /nobody/],
      [{ model_id: OLD, confirm: OLD }, 'CONFLICT', /champion already/],
      [{ key: 'short' }, 'BAD_REQUEST', /key/],
    ] as const;
    for (const [more, code, says] of cases) {
      const found = await refused(desk.caller().promote(order(more)));
      expect([found.code, found.message]).toEqual([code, expect.stringMatching(says)]);
    }
    expect((await promotions()).length).toBe(0);
  });

  it('waits until a recovery has ended', async () => {
    await desk.tell('RECOVERY_INITIATED', { recovery_type: 'model', target: OLD });
    expect(await refused(desk.caller().promote(order()))).toMatchObject({
      details: { reason: 'not_possible' },
    });
    await desk.tell('RECOVERY_COMPLETED', { recovery_type: 'model', target: OLD });
    await desk.caller().promote(order());
  });

  it('is forced while a recovery runs by an admin only, and the log and the event say so', async () => {
    await desk.tell('RECOVERY_INITIATED', { recovery_type: 'model', target: OLD });
    const forced = order({ force: true });
    expect(await refused(desk.caller().promote(forced))).toMatchObject({
      ...{ code: 'FORBIDDEN', message: expect.stringContaining('only an admin') as string },
    });
    expect(await desk.caller().promotionEvidence({ model_id: NEW })).toMatchObject({ forcible: true });
    const { action_id } = await desk.caller('ada', 'admin').promote(forced);
    expect((await promotions())[0]?.payload).toMatchObject({ model_id: NEW, forced: true });
    expect(await desk.caller().detail({ action_id })).toMatchObject({
      ...{ forced: true, evidence: { refusal: expect.stringContaining(OLD) as string, forcible: true } },
    });
    // What is not a recovery cannot be forced.
    const [key, again] = [`${CONFIG}-again`, { expected_champion: NEW, force: true }];
    expect(await refused(desk.caller('ada', 'admin').promote(order({ key, ...again })))).toMatchObject({
      message: `${NEW} is the champion already.`,
    });
    await desk.tell('RECOVERY_COMPLETED', { recovery_type: 'model', target: OLD });
  });

  it('refuses the replay of an old confirmation, however often it was right before', async () => {
    const old = order({ key: `${CONFIG}-old` });
    await desk.caller().promote(old);
    await desk.caller().rollback(back({ acknowledged: [] }));
    // The very same press is answered with what it led to then; nothing happens.
    expect(await desk.caller().promote(old)).toMatchObject({ repeated: true });
    // The same confirmation under another key was not made against this state.
    expect((await refused(desk.caller().promote({ ...old, key: `${CONFIG}-new` }))).details).toMatchObject({
      reason: 'warnings',
      warnings: [{ code: 'held' }],
    });
    await desk.caller().promote({ ...old, key: `${CONFIG}-read`, acknowledged: ['held'] });
    const replay = back({ key: `${CONFIG}-back-2`, expected_champion: OLD });
    expect((await refused(desk.caller().rollback(replay))).details).toMatchObject({
      reason: 'champion_changed',
      champion: NEW,
    });
    expect((await promotions()).length).toBe(3);
  });

  it('is answered by the distribution of this model', async () => {
    const { action_id } = await desk.caller().promote(order());
    await desk.tell('MODEL_DISTRIBUTION_COMPLETE', { model_id: OLD, nodes: ['gh200-a'] });
    await desk.tell('MODEL_DISTRIBUTION_COMPLETE', { model_id: NEW, nodes: ['gh200-a'] });
    const { status } = await desk.caller().detail({ action_id });
    expect(status).toMatchObject({
      state: 'answered',
      answer: { event_type: 'MODEL_DISTRIBUTION_COMPLETE' },
    });
    const [row] = (await desk.caller().list({ text: `STRONGER kim ${CONFIG}` })).rows;
    expect(row).toBeUndefined();
    expect((await desk.caller().list({ text: `stronger tester ${CONFIG}` })).rows[0]?.status?.state).toBe(
      'answered',
    );
  });
});

describe('a rollback', () => {
  it('goes back, and promote, roll back, promote within a minute are three events', async () => {
    await desk.caller().promote(order());
    await desk.caller().rollback(back());
    expect(champion()).toMatchObject({ champion: OLD });
    const again = order({ key: `${CONFIG}-2` });
    expect((await refused(desk.caller().promote(again))).details).toMatchObject({
      warnings: [{ code: 'held' }],
    });
    await desk.caller().promote({ ...again, acknowledged: ['held'] });
    expect((await promotions()).map(({ eventType }) => eventType)).toEqual([
      ...['MODEL_PROMOTED', 'PROMOTION_ROLLED_BACK', 'MODEL_PROMOTED'],
    ]);
    // The operator saw that it was held and decided: the hold is lifted.
    expect(model(NEW)?.hold).toBeNull();
    expect(openProblems(desk.engine.state.fold.states().problems)).not.toContain(`held:${NEW}`);
  });

  it('leads to an earlier champion only, from the champion only', async () => {
    expect(await refused(desk.caller().rollback(back({ expected_champion: OLD })))).toMatchObject({
      ...{ code: 'CONFLICT', message: `${NEW} is not the champion.` },
    });
    await desk.caller().promote(order());
    await desk.evaluated('hex8_2p_v6', 1500);
    expect(await refused(desk.caller().rollback(back({ rollback_to: 'hex8_2p_v6' })))).toMatchObject({
      ...{ message: expect.stringContaining('was not champion') as string },
    });
  });

  it('holds the model: an automatic promotion of it is a problem at once, until an operator lifts the hold', async () => {
    await desk.caller().promote(order());
    await desk.caller('kim').rollback(back());
    expect(model(NEW)?.hold).toMatchObject({ by: 'cli:kim', reason: 'stronger in 400 games' });
    await desk.tell('MODEL_PROMOTED', { model_id: NEW, elo: 1634.5, again: true });
    const problems = () => openProblems(desk.engine.state.fold.states().problems);
    expect(problems()).toContain(`held:${NEW}`);
    await desk.caller().releaseHold({ key: `${CONFIG}-lift`, model_id: NEW, reason: 'it was the data' });
    expect([model(NEW)?.hold, problems().includes(`held:${NEW}`)]).toEqual([null, false]);
    expect(
      await refused(desk.caller().releaseHold({ key: `${CONFIG}-more`, model_id: NEW, reason: 'again' })),
    ).toMatchObject({
      details: { reason: 'not_held' },
    });
    // Folding is rebuilding: a restart without a snapshot sees the same.
    await desk.close();
    await desk.open();
    expect([model(NEW)?.hold, problems().includes(`held:${NEW}`)]).toEqual([null, false]);
  });
});

describe('an acknowledged problem', () => {
  const problem = (id: string) => {
    const { problems } = desk.engine.state.fold.states();
    return problemEntity(problems, id);
  };
  const acknowledge = (id: string, key: string) =>
    desk.caller('kim').request({
      ...{ kind: 'problems.acknowledge', key: `${CONFIG}-${key}`, reason: 'on my way' },
      fields: { problem_id: id },
    });

  it('says who and why, stays open, and is new again when it comes back', async () => {
    const [node, id] = [`node-${CONFIG}`, `offline:node-${CONFIG}`];
    const down = (secondsAgo: number, reason: string) =>
      desk.tell('HOST_OFFLINE', { node_id: node, reason }, secondsAgo);
    await down(30, 'no ping');
    await acknowledge(id, 'seen');
    expect(problem(id)?.acknowledged).toMatchObject({ by: 'cli:kim', reason: 'on my way' });
    await down(-1, 'still no ping');
    expect(problem(id)?.acknowledged).not.toBeNull();
    await desk.tell('HOST_ONLINE', { node_id: node }, -2);
    expect(problem(id)).toBeUndefined();
    await down(-3, 'no ping again');
    expect(problem(id)).toMatchObject({ acknowledged: null });
    // Folding is rebuilding.
    await acknowledge(id, 'seen-again');
    const before = problem(id);
    await desk.close();
    await desk.open();
    expect(problem(id)).toEqual(before);
  });
});

describe('a request', () => {
  const ask = (kind: string, fields: object) =>
    desk.caller().request({ kind, key: `${CONFIG}-${kind}`, reason: 'to be sure', fields: fields as never });

  it('publishes the declared event with the fields of its form', async () => {
    const { action_id } = await ask('quality.check', { config_key: CONFIG });
    await ask('models.evaluate', { model_id: NEW });
    // It is asked for as it is: there was nothing to weigh.
    expect(await desk.caller().detail({ action_id })).toMatchObject({ evidence: null });
    const [check, candidate] = await promotions();
    expect(check).toMatchObject({ eventType: 'QUALITY_CHECK_REQUESTED', config: CONFIG });
    expect(candidate?.payload).toMatchObject({ model_id: NEW, elo: 1634.5, config_key: CONFIG });
    expect((await logged()).actions.map(({ kind }) => kind)).toEqual(['models.evaluate', 'quality.check']);
  });

  it('is refused where a field is missing, unknown or out of bounds', async () => {
    const cases = [
      ['quality.check', {}, /config_key/],
      ['quality.check', { config_key: CONFIG, more: 1 }, /more/],
      ['selfplay.boost', { config_key: CONFIG, boost_factor: 99 }, /at most 5/],
      ['no.such', {}, /no action is called/],
      ['problems.acknowledge', { problem_id: 'offline:nobody' }, /no open problem/],
    ] as const;
    for (const [kind, fields, says] of cases)
      expect((await refused(ask(kind, fields))).message).toMatch(says);
    expect((await promotions()).length).toBe(0);
  });
});
