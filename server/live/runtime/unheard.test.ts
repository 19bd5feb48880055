import { describe, expect, it } from 'vitest';
import type { TypeEntity } from '../../../domain/projections/traffic';
import type { BusSubscriber } from '../../router/delivery/delivery';
import { UnifiedEventRouter } from '../../router/router';
import { FakeHistory } from '../../router/fake-history.test-support';
import type { ClusterSubscriber } from './cluster-subscribers';
import { unheardTypes } from './unheard';

const type = (event_type: string, count = 1): TypeEntity => ({
  event_type,
  category: 'x',
  catalogued: true,
  count,
  duplicates: 0,
  drifted: 0,
  last: null,
  rate_per_hour: count,
});
const TYPES = [
  type('TRAINING_COMPLETED'),
  type('ELO_UPDATED', 5),
  type('NEW_GAMES_AVAILABLE', 9),
  type('NEVER_HEARD'),
];

const peer = (
  process: string,
  types: string[],
  change: Partial<ClusterSubscriber> = {},
): ClusterSubscriber => ({
  id: process,
  process,
  hostname: 'h',
  pid: 1,
  stable: false,
  own: false,
  types,
  last_poll_at: 1,
  created_at: 1,
  active: true,
  acked_row_id: null,
  pending: 0,
  pending_exact: true,
  ...change,
});
const unheard = (ours: readonly BusSubscriber[], cluster: readonly ClusterSubscriber[] = []) =>
  unheardTypes(TYPES, ours, cluster).map(({ event_type }) => event_type);

/** The handlers of a router on which a test subscribed. */
function handlers(subscribe: (router: UnifiedEventRouter) => void): BusSubscriber[] {
  const router = new UnifiedEventRouter({ history: new FakeHistory() });
  subscribe(router);
  return router.subscriberStats();
}

describe('types that nobody subscribes to', () => {
  it('are all seen ones, the commonest first, while nobody but this server listens', () => {
    const all = ['NEW_GAMES_AVAILABLE', 'ELO_UPDATED', 'TRAINING_COMPLETED', 'NEVER_HEARD'];
    expect(unheard([])).toEqual(all);
    expect(unheard([], [peer('ringside', [], { own: true })])).toEqual(all);
  });

  it('are not those that a handler here asks for, on whatever bus and in whatever spelling', () => {
    const some = handlers((router) => {
      router.subscribe('elo_updated', () => undefined);
      router.dataBus?.subscribe('NEVER_HEARD', () => undefined);
    });
    expect(unheard(some)).toEqual(['NEW_GAMES_AVAILABLE', 'TRAINING_COMPLETED']);
    expect(unheard(handlers((router) => router.subscribe('*', () => undefined)))).toEqual([]);
  });

  it('are not those that reach a stage: new games also complete selfplay', () => {
    const stage = (name: string) => handlers((router) => router.stageBus?.subscribe(name, () => undefined));
    expect(unheard(stage('selfplay_complete'))).not.toContain('NEW_GAMES_AVAILABLE');
    expect(unheard(stage('training_complete'))).not.toContain('TRAINING_COMPLETED');
    expect(unheard(stage('*'))).toEqual(['NEVER_HEARD']);
  });

  it('are not those that an active process asks for; a silent one is named', () => {
    const silent = peer('elo_service', ['ELO_UPDATED'], { active: false });
    const active = peer('pipeline', ['training_complete', 'new_games']);
    expect(unheard([], [active, silent])).toEqual(['ELO_UPDATED', 'NEVER_HEARD']);
    expect(unheardTypes(TYPES, [], [active, silent])[0]).toMatchObject({ silent: ['elo_service'] });
    expect(unheard([], [peer('everything', [])])).toEqual([]);
  });

  it('name who would act on them by the catalogue', () => {
    const [games] = unheardTypes(TYPES, [], []);
    expect(games?.consumers).toContain('TrainingTriggerDaemon');
  });
});
