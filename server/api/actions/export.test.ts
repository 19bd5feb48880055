import pino from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { HistoryUnavailableError } from '../../history/errors';
import type { ActionEntry, ActionLog } from '../../history/actions/action-types';
import { provideServices, type Services } from '../../services';
import { answer } from '../rest/http';
import { OPERATOR } from '../trpc/principal.test-support';
import { exportActions, kindParam } from './export';

const ENTRIES = 450;
/** From this page on, counted from 1, history fails. */
let failsAt = Infinity;
let pages = 0;

const entry = (id: number): ActionEntry => ({
  ...{ id, actionId: `a-${id}`, key: `k-${id}`, kind: 'nodes.retire', at: id, reason: 'old', input: '{}' },
  ...{ subject: null, config: null, eventType: 'NODE_RETIRED', evidence: '{}', previous: '', hash: '' },
  actor: { kind: 'local', name: 'ada', address: '::1' },
});
const listActions: ActionLog['listActions'] = (_filter, { limit, before = Infinity }) => {
  pages += 1;
  if (pages >= failsAt)
    return Promise.reject(new HistoryUnavailableError('SQLITE_IOERR', 'the disk does not answer'));
  const ids = Array.from({ length: ENTRIES }, (_, index) => ENTRIES - index).filter((id) => id < before);
  return Promise.resolve({ actions: ids.slice(0, limit).map(entry), total: ENTRIES });
};
beforeEach(() => {
  [failsAt, pages] = [Infinity, 0];
  const log = pino({ level: 'silent' });
  provideServices({ actions: { log: { listActions } }, log } as unknown as Services);
});

const asked = { text: '', kind: null };
const exported = () => answer(async () => new Response(await exportActions(asked, OPERATOR)));

describe('an export of the log of actions', () => {
  it('has every entry once, newest first', async () => {
    const lines = (await (await exported()).text()).trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { id: number }).id)).toEqual(
      Array.from({ length: ENTRIES }, (_, index) => ENTRIES - index),
    );
  });

  it('is of a kind that exists, or refused: none of a misspelt one would look like nothing done', () => {
    expect(kindParam(new URLSearchParams('kind=models.promote'))).toBe('models.promote');
    expect(kindParam(new URLSearchParams(''))).toBeNull();
    expect(() => kindParam(new URLSearchParams('kind=promote'))).toThrow(
      /^kind: give one of models\.promote, /,
    );
  });

  it('says with a status that history fails, as long as nothing is sent', async () => {
    failsAt = 1;
    const response = await exported();
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { code: 'unavailable' } });
  });

  it('is cut off, and not ended as if it were whole, where history fails on the way', async () => {
    failsAt = 3;
    const response = await exported();
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('the disk does not answer');
  });
});
