import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CATALOGUE, fieldsOf } from '../../../domain/events';
import type { JsonObject } from '../../../domain/json';
import { composition } from './composer-page';
import { TestDesk } from './actions.test-support';

let desk: TestDesk;
beforeAll(async () => (desk = await new TestDesk().open()));
afterAll(() => desk.dispose());

let number = 0;
const send = (event_type: string, payload: JsonObject, more: object = {}) =>
  desk
    .caller('kim')
    .compose({ event_type, payload, key: `compose-${number++}`, reason: 'to see it', ...more });
const stored = (id: string) => desk.engine.history.byId(id);

async function refused(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TRPCError)) throw new Error('nothing was refused');
  return `${error.code}: ${error.message}`;
}

describe('the composer', () => {
  it('sends an event of any spelling as an action, with who and why, and completes what the type documents', async () => {
    const offline = { node_id: 'gh200-a', host_id: 'gh200-a', reason: 'unplugged' };
    const { action_id } = await send('host_offline', offline);
    const event = await stored(action_id);
    expect(event).toMatchObject({
      eventType: 'HOST_OFFLINE',
      source: 'ringside',
      node: 'gh200-a',
      drift: [],
    });
    expect(event?.payload).toMatchObject({
      ...offline,
      ...{ actor: 'cli:kim', action_reason: 'to see it', action_id },
      timestamp: expect.stringMatching(/^\d{4}-/) as string,
    });
    expect(desk.engine.state.fold.states().nodes.nodes.has('gh200-a')).toBe(true);
    expect(await desk.caller().detail({ action_id })).toMatchObject({
      ...{ kind: 'events.compose', event_type: 'HOST_OFFLINE', subject: 'gh200-a', reason: 'to see it' },
      evidence: { from: null, drift: [], repeats: null },
      status: { state: 'committed' },
    });
  });

  it('is told of a repetition and until when, and is delivered all the same, once under its key', async () => {
    const payload = { node_id: 'gh200-b', reason: 'thermal' };
    await desk.engine.router.publish({ eventType: 'NODE_TERMINATED', payload, source: 'cluster' });
    const { repeats } = await desk.caller().checkComposed({ event_type: 'NODE_TERMINATED', payload });
    expect((repeats?.until ?? 0) - (repeats?.at ?? 0)).toBe(3600);
    const form = { key: 'compose-same' };
    const all = await Promise.all([1, 2, 3].map(() => send('NODE_TERMINATED', payload, form)));
    expect(new Set(all.map(({ action_id }) => action_id)).size).toBe(1);
    expect(all.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(await stored(all[0]?.action_id ?? '')).toMatchObject({ duplicateOf: null });
    expect(await desk.caller().detail({ action_id: all[0]?.action_id ?? '' })).toMatchObject({
      evidence: { repeats: { event_id: repeats?.event_id } },
    });
    const other = { event_type: 'NODE_TERMINATED', payload: { ...payload, reason: 'another' } };
    expect((await desk.caller().checkComposed(other)).repeats).toBeNull();
  });

  it('refuses what differs from the catalogue unless that is meant, and says how', async () => {
    const odd = { node_id: 'gh200-c', health_score: 'low', issues: [], colour: 'red' };
    expect(await refused(send('NODE_UNHEALTHY', odd))).toMatch(/health_score should be a number.*colour/);
    const { action_id } = await send('NODE_UNHEALTHY', odd, { allow_drift: true });
    expect((await stored(action_id))?.drift.map(({ path }) => path)).toEqual(['health_score', 'colour']);
    expect(await desk.caller().detail({ action_id })).toMatchObject({
      evidence: { drift: [{ path: 'health_score' }, { path: 'colour' }] },
    });
    const { drift } = await desk.caller().checkComposed({ event_type: 'NODE_UNHEALTHY', payload: odd });
    expect(drift.map(({ kind }) => kind)).toEqual(['wrong_type', 'unexpected']);
  });

  it.each([
    ['promotion_complete', /^BAD_REQUEST: MODEL_PROMOTED makes a model champion/],
    ['tier_gating_complete', /makes a model champion/],
    ['TRAINING_ROLLBACK_COMPLETED', /takes a champion back/],
    ['RINGSIDE_HOLD_RELEASED', /^NOT_FOUND: the catalogue has no type/],
    ['invented_yesterday', /^NOT_FOUND: the catalogue has no type INVENTED_YESTERDAY/],
  ])('leaves %s to its own dialog, or to those who publish', async (type, says) => {
    expect(await refused(send(type, { model_id: 'hex8_2p_v1' }))).toMatch(says);
    expect((await composition({ type, from: null })).refusal).not.toBeNull();
  });

  it('writes itself who acted, whatever the payload claims', async () => {
    const forged = { node_id: 'gh200-d', reason: 'x', action_id: 'mine', actor: 'user:ada' };
    expect(await refused(send('NODE_TERMINATED', forged))).toMatch(/actor: it says who acted/);
  });

  it('begins as a past event was, without who did it then and when', async () => {
    const { action_id } = await send('NODE_ACTIVATED', { node_id: 'gh200-e' });
    expect((await composition({ type: null, from: action_id })).from?.payload).toEqual({
      node_id: 'gh200-e',
    });
    // The past event says of which type it is, whatever else is asked for.
    expect((await composition({ type: 'HOST_OFFLINE', from: action_id })).type?.name).toBe('NODE_ACTIVATED');
    const again = await send('NODE_ACTIVATED', { node_id: 'gh200-f' }, { from: action_id });
    expect(await desk.caller().detail({ action_id: again.action_id })).toMatchObject({
      evidence: { from: action_id },
    });
    expect(await composition({ type: null, from: crypto.randomUUID() })).toMatchObject({ type: null });
  });

  it('keeps a time that is given, adds none where the type has none, and says what it is about', async () => {
    const at = '2026-01-02T03:04:05Z';
    const offline = { node_id: 'gh200-t', host_id: 'gh200-t', reason: 'then', timestamp: at };
    expect((await stored((await send('HOST_OFFLINE', offline)).action_id))?.payload['timestamp']).toBe(at);
    const timeless = CATALOGUE.find(
      ({ schema, name }) =>
        name.startsWith('ELO') &&
        fieldsOf(schema).every((form) => form.every((each) => each.name !== 'timestamp')),
    );
    const about = { model_id: 'hex8_2p_v3', config_key: 'hex8_2p', node_id: 'gh200-t' };
    const { action_id } = await send(timeless?.name ?? '', about, { allow_drift: true });
    expect((await stored(action_id))?.payload).not.toHaveProperty('timestamp');
    expect(await desk.caller().detail({ action_id })).toMatchObject({
      ...{ subject: 'hex8_2p_v3', config: 'hex8_2p' },
    });
  });

  it('takes the reason of the action where the type documents one and none is given', async () => {
    const payload = { node_id: 'gh200-r', host_id: 'gh200-r' };
    expect((await desk.caller().checkComposed({ event_type: 'HOST_OFFLINE', payload })).drift).toEqual([]);
    expect((await stored((await send('HOST_OFFLINE', payload)).action_id))?.payload).toMatchObject({
      reason: 'to see it',
    });
  });

  it('tells what ends the memory of a type, and whose memory it ends', async () => {
    const rule = async (type: string) => (await composition({ type, from: null })).type?.rule;
    const cause = await rule('QUALITY_DEGRADED');
    const [answer = ''] = (cause?.clears ?? []).filter((name) => !cause?.cleared_by.includes(name));
    expect(answer).not.toBe('');
    expect((await rule(answer))?.cleared_by).toContain('QUALITY_DEGRADED');
  });

  it('is answered as the form of its type would be', async () => {
    const { action_id } = await send('SYNC_REQUEST', { source: 'all', target: 'gh200-a', priority: 'high' });
    const answer = { sync_type: 'incremental', files_synced: 3, duration_seconds: 2, source: 'all' };
    await desk.engine.router.publish({
      eventType: 'DATA_SYNC_COMPLETED',
      payload: answer,
      source: 'cluster',
    });
    expect((await desk.caller().detail({ action_id })).status).toMatchObject({ state: 'answered' });
  });

  it('has a form and a duplicate rule for every type that it takes', async () => {
    for (const { name } of CATALOGUE) {
      const { type, refusal } = await composition({ type: name, from: null });
      expect(type === null, name).toBe(refusal !== null);
      if (type !== null)
        expect([type.forms.length > 0, type.rule.window_seconds], name).toEqual([
          true,
          name === 'DAEMON_STARTED' ? 60 : 3600,
        ]);
    }
  });
});
