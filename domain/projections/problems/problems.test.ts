import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope';
import type { ProblemEntity } from '../../realtime/entities';
import type { JsonObject } from '../../json';
import { event } from '../testing/event';
import { entityOf, folded, tableOf } from '../testing/run';
import { unseenProblems } from '.';
import { CLUSTER_RULES } from './cluster-rules';
import { SYSTEM_RULES } from './system-rules';
import { TRAINING_RULES } from './training-rules';
import { stands } from '../work/deadlocks';
import type { DeadlockEntity } from '../work/entities';

const open = (events: readonly StoredEvent[]) => [...tableOf(folded(events), 'problems.open').keys()];

type Step = [type: string, payload: JsonObject];
const at = ([type, payload]: Step, seconds: number) => event(type, payload, seconds, { hostname: 'other' });

const SEEN = 'RINGSIDE_PROBLEM_ACKNOWLEDGED';
const seenBy = (problem_id: string, seconds: number, source = 'ringside') =>
  event(SEEN, { problem_id, actor: 'user:kim', reason: 'mine', action_id: 'a' }, seconds, { source });
const acknowledged = (events: readonly StoredEvent[], id: string) =>
  (entityOf(folded(events), 'problems.open', id) as ProblemEntity | undefined)?.acknowledged;

const CASES: [id: string, opens: Step, closes: Step][] = [
  ['offline:n1', ['HOST_OFFLINE', { node_id: 'n1' }], ['HOST_ONLINE', { node_id: 'n1' }]],
  [
    'unhealthy:n1',
    ['NODE_UNHEALTHY', { node_id: 'n1' }],
    ['HEALTH_CHECK_PASSED', { node_id: 'n1', health_score: 0.9 }],
  ],
  [
    'pressure:n1',
    ['BACKPRESSURE_ACTIVATED', { node_id: 'n1', level: 'critical' }],
    ['BACKPRESSURE_RELEASED', { node_id: 'n1' }],
  ],
  [
    'training:hex8_2p',
    ['TRAINING_FAILED', { config_key: 'hex8_2p' }],
    ['TRAINING_COMPLETED', { config_key: 'hex8_2p' }],
  ],
  [
    'quality:hex8_2p',
    ['QUALITY_DEGRADED', { config_key: 'hex8_2p' }],
    ['QUALITY_SCORE_UPDATED', { board_type: 'hex8', num_players: 2, avg_quality: 0.61 }],
  ],
  [
    'regression:hex8_2p_v1',
    ['REGRESSION_DETECTED', { model_id: 'hex8_2p_v1' }],
    ['REGRESSION_CLEARED', { model_id: 'hex8_2p_v1' }],
  ],
  [
    'corrupted:m',
    ['MODEL_CORRUPTED', { model_id: 'm' }],
    ['TRAINING_ROLLBACK_COMPLETED', { rollback_from: 'm', model_id: 'k' }],
  ],
  ['leader:cluster', ['LEADER_LOST', {}], ['LEADER_ELECTED', { leader_id: 'n1' }]],
  [
    'quorum:cluster',
    ['P2P_CLUSTER_UNHEALTHY', { alive_peers: 2, total_peers: 9 }],
    ['P2P_CLUSTER_HEALTHY', {}],
  ],
  ['sync:n1', ['SYNC_STALLED', { source: 'n1' }], ['DATA_SYNC_COMPLETED', { source: 'n1' }]],
  [
    'coordinator:C',
    ['COORDINATOR_HEALTH_DEGRADED', { coordinator_name: 'C' }],
    ['COORDINATOR_HEARTBEAT', { coordinator_name: 'C', health_score: 0.9 }],
  ],
  [
    'sync:data@n1',
    ['DATA_SYNC_FAILED', { source: 'n1', sync_type: 'data' }],
    ['DATA_SYNC_COMPLETED', { source: 'n1', sync_type: 'data' }],
  ],
  [
    'init:C',
    ['COORDINATOR_INIT_FAILED', { coordinator_name: 'C' }],
    ['DAEMON_STARTED', { daemon_type: 'C' }],
  ],
  ['recovery:m', ['RECOVERY_FAILED', { target: 'm' }], ['RECOVERY_COMPLETED', { target: 'm' }]],
];

it('stays closed for a report from before its newest closing, in whichever order closings come', () => {
  const opens: Step = ['HOST_OFFLINE', { node_id: 'n1' }];
  const closes: Step = ['HOST_ONLINE', { node_id: 'n1' }];
  const closings = [at(closes, 20), at(closes, 10)];
  expect(open([...closings, at(opens, 15)])).not.toContain('offline:n1');
  expect(open([...closings, at(opens, 25)])).toContain('offline:n1');
});

describe('a problem', () => {
  it.each(CASES)('%s opens, is counted, and closes', (id, opens, closes) => {
    const twice = [at(opens, 1), at(opens, 2)];
    expect(entityOf(folded(twice), 'problems.open', id)).toMatchObject({ id, count: 2 });
    expect(open([...twice, at(closes, 3)])).not.toContain(id);
    // A report from before the closing that arrives after it opens nothing.
    expect(open([at(closes, 3), at(opens, 2)])).not.toContain(id);
    expect(open([at(closes, 3), at(opens, 4)])).toContain(id);
  });

  it.each([
    ['work-failed', ['WORK_FAILED', { work_id: 'w' }]],
    ['handler:h', ['HANDLER_FAILED', { handler_name: 'h' }]],
    ['lock:l', ['LOCK_TIMEOUT', { lock_name: 'l' }]],
    ['deadlock', ['DEADLOCK_DETECTED', {}]],
  ] as [string, Step][])(
    '%s counts its reports since it began, and passes an hour after the last',
    (id, step) => {
      const reports = [at(step, 0), at(step, 3000)];
      const later = (seconds: number) => folded([...reports, event('TASK_SPAWNED', {}, seconds)]);
      const since = reports[0]?.timestamp;
      expect(entityOf(later(3001), 'problems.open', id)).toMatchObject({ count: 2, since });
      expect(entityOf(later(3660), 'problems.open', id)).toMatchObject({ count: 2, since });
      expect([...tableOf(later(7200), 'problems.open').keys()]).not.toContain(id);
    },
  );

  it('of a deadlock without names stays open for as long as the deadlock stands', () => {
    const told = at(['DEADLOCK_DETECTED', {}], 100);
    const after = (seconds: number) => {
      const now = event('TASK_SPAWNED', {}, seconds);
      const fold = folded([told, now]);
      const [knot] = tableOf(fold, 'work.deadlocks').values();
      return [tableOf(fold, 'problems.open').has('deadlock'), stands(knot as DeadlockEntity, now.timestamp)];
    };
    for (let s = 3_590; s < 3_710; s += 1) expect(new Set(after(s)).size).toBe(1);
    expect(after(3_600)).toEqual([true, true]);
    expect(after(3_705)).toEqual([false, false]);
  });

  it('shows a node that is declared offline but answers', () => {
    const answers = [
      at(['HOST_OFFLINE', { node_id: 'n1' }], 1),
      at(['HEALTH_CHECK_PASSED', { node_id: 'n1' }], 2),
    ];
    expect(open(answers)).toEqual(['offline:n1', 'contradiction:n1']);
    expect(open([...answers, at(['NODE_RECOVERED', { node_id: 'n1' }], 3)])).toEqual([]);
  });

  it('shows it also when its being declared offline is told of after the checks', () => {
    const passed = (seconds: number) => at(['HEALTH_CHECK_PASSED', { node_id: 'n1' }], seconds);
    const late = [passed(2), passed(3), at(['HOST_OFFLINE', { node_id: 'n1' }], 1)];
    expect(open(late)).toEqual(['offline:n1', 'contradiction:n1']);
    expect(entityOf(folded(late), 'problems.open', 'contradiction:n1')).toMatchObject({
      ...{ count: 1, since: late[1]?.timestamp, event: { event_type: 'HEALTH_CHECK_PASSED' } },
    });
    expect(open([...late, at(['HOST_ONLINE', { node_id: 'n1' }], 4)])).toEqual([]);
    const dead = event('P2P_NODES_DEAD', { node_ids: ['n1', 'n2'] }, 1);
    expect(open([passed(2), dead])).toEqual(['offline:n1', 'contradiction:n1', 'offline:n2']);
    expect(open([passed(1), at(['HOST_OFFLINE', { node_id: 'n1' }], 2)])).toEqual(['offline:n1']);
  });

  it('counts a leaderless but quorate cluster once', () => {
    const both = [at(['LEADER_LOST', {}], 1), at(['P2P_CLUSTER_UNHEALTHY', { reason: 'no leader' }], 1)];
    expect(open(both)).toEqual(['leader:cluster']);
  });

  it('does not close on a poor health check or a failed completion', () => {
    const ill = at(['NODE_UNHEALTHY', { node_id: 'n1' }], 1);
    expect(open([ill, at(['HEALTH_CHECK_PASSED', { node_id: 'n1', health_score: 0.1 }], 2)])).toEqual([
      'unhealthy:n1',
    ]);
    const failed = at(['TRAINING_FAILED', { config_key: 'hex8_2p' }], 4000);
    const untrue = at(['TRAINING_COMPLETED', { config_key: 'hex8_2p', success: false }], 4001);
    expect(open([failed, untrue])).toContain('training:hex8_2p');
  });

  it('of a sync is not over when another type of data comes through', () => {
    const stalled = at(['SYNC_STALLED', { source: 'n1', sync_type: 'data' }], 1);
    const done = (sync_type: string) => at(['DATA_SYNC_COMPLETED', { source: 'n1', sync_type }], 2);
    expect(open([stalled, done('elo')])).toEqual(['sync:data@n1']);
    expect(open([stalled, done('data')])).toEqual([]);
  });

  it('of a coordinator is not over with a heartbeat hardly better than the report', () => {
    const coordinator_name = 'C';
    const ill = at(['COORDINATOR_HEALTH_DEGRADED', { coordinator_name, health_score: 0.6 }], 1);
    const beat = (health_score: number) =>
      at(['COORDINATOR_HEARTBEAT', { coordinator_name, health_score }], 2);
    expect(open([ill, beat(0.65)])).toEqual(['coordinator:C']);
    expect(open([ill, beat(0.85)])).toEqual([]);
    expect(open([ill, at(['COORDINATOR_HEALTHY', { coordinator_name }], 2)])).toEqual([]);
  });

  it('of a failed evaluation is over when the next model of its config was evaluated', () => {
    const failed = (model_id: string, seconds: number) =>
      at(['EVALUATION_FAILED', { model_id, error: 'out of memory' }], seconds);
    const twice = [failed('hex8_2p_v1', 1), failed('hex8_2p_v2', 2)];
    expect(entityOf(folded(twice), 'problems.open', 'evaluation:hex8_2p')).toMatchObject({
      ...{ title: 'Evaluation of hex8_2p_v2 failed', subject: 'hex8_2p_v2', count: 2 },
    });
    const done = (model_id: string) => at(['EVALUATION_COMPLETED', { model_id }], 3);
    expect(open([...twice, done('square8_2p_v3')])).toEqual(['evaluation:hex8_2p']);
    expect(open([...twice, done('hex8_2p_v3')])).toEqual([]);
    expect(open([failed('m', 1)])).toEqual(['evaluation:m']);
    expect(open([failed('m', 1), done('m')])).toEqual([]);
  });

  it('of a failed recovery of a model is over when that is rolled back', () => {
    const failed = at(['RECOVERY_FAILED', { recovery_type: 'training', target: 'hex8_2p_v7' }], 1);
    const rolledBack = (model: string) => at(['TRAINING_ROLLBACK_COMPLETED', { rollback_from: model }], 2);
    expect(open([failed, rolledBack('hex8_2p_v6')])).toEqual(['recovery:hex8_2p_v7']);
    expect(open([failed, rolledBack('hex8_2p_v7')])).toEqual([]);
  });

  it('of a failed recovery is over when its node is back by other means', () => {
    const failed = at(['RECOVERY_FAILED', { recovery_type: 'node', target: 'n1' }], 1);
    expect(open([failed, at(['NODE_RECOVERED', { node_id: 'n1' }], 2)])).toEqual([]);
  });
});

describe('a deadlock', () => {
  const knot = (locks_involved: string[], seconds: number) =>
    at(['DEADLOCK_DETECTED', { locks_involved }], seconds);
  const moves = (lock_name: string, seconds: number, type = 'LOCK_RELEASED') =>
    at([type, { lock_name }], seconds);
  const later = event('TASK_SPAWNED', {}, 90_000);

  it.each(['LOCK_ACQUIRED', 'LOCK_RELEASED', 'LOCK_TIMEOUT'])(
    'stands until %s of a lock that it names',
    (type) => {
      const two = [knot(['b', 'a'], 1), knot(['d', 'c'], 2)];
      expect(entityOf(folded(two), 'problems.open', 'deadlock:a')).toMatchObject({
        detail: 'a, b',
        count: 1,
      });
      expect(open([...two, moves('e', 3, type), later])).toEqual(['deadlock:a', 'deadlock:c']);
      expect(open([...two, moves('b', 3, type), later])).toEqual(['deadlock:c']);
      expect(open([...two, moves('b', 3), knot(['a', 'b'], 4), later])).toEqual(['deadlock:c', 'deadlock:a']);
    },
  );

  it('that was detected before its locks moved opens nothing, whenever it is told of', () => {
    expect(open([moves('b', 3), knot(['a', 'b'], 2)])).toEqual([]);
    expect(open([knot(['a', 'b'], 2), moves('b', 1)])).toEqual(['deadlock:a']);
  });

  it('is held by the locks that were named last', () => {
    const twice = [knot(['a', 'b'], 1), knot(['a', 'c'], 2)];
    expect(open([...twice, moves('b', 3)])).toEqual(['deadlock:a']);
    expect(open([...twice, moves('c', 3)])).toEqual([]);
  });
});

describe('an acknowledgement', () => {
  it('leaves what waits for somebody to be counted', () => {
    const unseen = (...events: StoredEvent[]) => unseenProblems(folded(events).states().problems);
    const offline = event('HOST_OFFLINE', { node_id: 'gh200-a' }, 2);
    expect(unseen()).toEqual({ unseen: 0, worst: null });
    expect(unseen(offline, regressed('critical', 1))).toEqual({ unseen: 2, worst: 'critical' });
    expect(unseen(offline, regressed('critical', 1), seenBy(ID, 3))).toEqual({ unseen: 1, worst: 'error' });
  });

  const regressed = (severity: string, seconds: number) =>
    at(['REGRESSION_DETECTED', { model_id: 'm1', severity }], seconds);
  const ID = 'regression:m1';

  it('is kept while the problem is no worse, and lost when it gets worse', () => {
    const seen = [regressed('minor', 1), seenBy(ID, 2)];
    expect(acknowledged(seen, ID)).toMatchObject({ by: 'user:kim', reason: 'mine', at: seen[1]?.timestamp });
    expect(acknowledged([...seen, regressed('minor', 3)], ID)).not.toBeNull();
    expect(acknowledged([...seen, regressed('critical', 4)], ID)).toBeNull();
  });

  it('is told to whoever looks at the problem', () => {
    const fold = folded([regressed('minor', 1)]);
    const touched: string[] = [];
    fold.fold(seenBy(ID, 2), (topic, key) => touched.push(`${topic} ${key}`));
    expect(touched).toContain(`problems.open ${ID}`);
  });

  it('covers what is out of order in a lifecycle until there is more of it, and nothing that comes later', () => {
    // Long after history began: what it begins with is excused.
    const [began, LATER] = [event('TASK_SPAWNED', {}, 0), 1_000_000];
    const orphan = (job_id: string, seconds: number) =>
      at(['TRAINING_COMPLETED', { job_id, config_key: 'hex8_2p' }], LATER + seconds);
    const seen = (seconds: number) => seenBy(id, LATER + seconds);
    const of = (...events: StoredEvent[]) => acknowledged([began, ...events], id);
    const id = open([began, orphan('j1', 1)]).find((each) => each.startsWith('lifecycle:')) ?? '';
    expect(of(orphan('j1', 1), seen(2))).toMatchObject({ by: 'user:kim', reason: 'mine' });
    expect(of(orphan('j1', 1), seen(2), orphan('j2', 3))).toBeNull();
    expect(of(seen(5), orphan('j1', 2))).toBeNull();
  });

  it('counts from operators only, and for what is open only', () => {
    expect(acknowledged([regressed('minor', 1), seenBy(ID, 2, 'daemon')], ID)).toBeNull();
    expect(acknowledged([seenBy(ID, 1), regressed('minor', 2)], ID)).toBeNull();
  });
});

describe('what a problem says', () => {
  const told = (id: string, ...events: StoredEvent[]) => entityOf(folded(events), 'problems.open', id);

  it('keeps the reason that was given when a later report gives none', () => {
    const offline = at(['HOST_OFFLINE', { node_id: 'n1', reason: 'heartbeat lost' }], 1);
    const dead = at(['P2P_NODES_DEAD', { node_ids: ['n1'] }], 2);
    expect(told('offline:n1', offline, dead)).toMatchObject({ detail: 'heartbeat lost', count: 2 });
    const gossip = at(['P2P_NODE_DEAD', { node_id: 'n1', reason: 'no gossip' }], 3);
    expect(told('offline:n1', offline, dead, gossip)).toMatchObject({ detail: 'no gossip' });
  });

  it.each([
    ['work-failed', ['WORK_FAILED', { node_id: 'n1', error: 'exit code 137' }], 'n1: exit code 137'],
    ['work-timeout', ['WORK_TIMEOUT', { work_id: 'w', node_id: 'n1' }], 'n1'],
    ['work-timeout', ['WORK_TIMEOUT', { work_id: 'w' }], 'no reason given'],
    ['resources', ['RESOURCE_CONSTRAINT', { node_id: 'n1', constraint_type: 'disk' }], 'n1: disk'],
    [
      'health-alert',
      ['HEALTH_ALERT', { alert_type: 'node_unhealthy', node_id: 'n1', message: 'disk above 90%' }],
      'n1: disk above 90%',
    ],
    [
      'quality-alert',
      ['DATA_QUALITY_ALERT', { config_key: 'hex8_3p', alert_type: 'low_average' }],
      'hex8_3p: low_average',
    ],
    ['repair-failed', ['REPAIR_FAILED', { target: 'hex8.db', error: 'row missing' }], 'hex8.db: row missing'],
  ] as [string, Step, string][])(
    'of many of a kind, %s, names what the last was about',
    (id, step, detail) => {
      expect(told(id, at(step, 1))).toMatchObject({ detail });
    },
  );

  it.each([
    ['work-failed', ['WORK_FAILED', { work_id: 'w' }], '/work?state=failed'],
    ['work-timeout', ['WORK_TIMEOUT', { work_id: 'w' }], '/work?state=timed_out'],
    ['lock:l', ['LOCK_TIMEOUT', { lock_name: 'l' }], '/work?tab=tasks'],
    ['deadlock', ['DEADLOCK_DETECTED', {}], '/work?tab=tasks'],
    ['task-lost', ['TASK_ORPHANED', { task_id: 't' }], '/work?tab=tasks'],
    ['coordinator:C', ['COORDINATOR_UNHEALTHY', { coordinator_name: 'C' }], '/work?tab=daemons'],
    ['health-alert', ['HEALTH_ALERT', {}], '/work?tab=daemons'],
    ['resources', ['RESOURCE_CONSTRAINT', {}], '/work?tab=daemons'],
    ['error', ['ERROR', { error: 'e' }], '/events?type=ERROR'],
  ] as [string, Step, string][])('%s leads to where it is shown', (id, step, page) => {
    expect(told(id, at(step, 1))).toMatchObject({ page });
  });

  it.each([
    ['node', { subject_kind: 'node', page: '/nodes' }],
    ['model', { subject_kind: 'model', page: '/models' }],
    ['task', { subject_kind: 'run', page: '/models' }],
  ])('of a recovery of a %s leads to that', (recovery_type, where) => {
    const failed = at(['RECOVERY_FAILED', { recovery_type, target: 'x' }], 1);
    expect(told('recovery:x', failed)).toMatchObject({ title: 'Recovery of x failed', ...where });
  });

  it('of a handler leads to the events of the cluster’s, and to the dead letters of this server’s', () => {
    const failed = (origin: StoredEvent['origin'], seconds: number) =>
      event('HANDLER_FAILED', { handler_name: 'h' }, seconds, { origin });
    const own = failed('data_bus', 1);
    expect(told('handler:h', own)).toMatchObject({ page: '/router?handler=h' });
    expect(told('handler:h', own, failed('cross_process', 2))).toMatchObject({
      page: '/events?type=HANDLER_FAILED&type=HANDLER_TIMEOUT&q=%22h%22',
    });
    expect(told('handler:a handler', at(['HANDLER_FAILED', {}], 1))).toMatchObject({
      page: '/events?type=HANDLER_FAILED&type=HANDLER_TIMEOUT',
    });
    const halved = event('HANDLER_FAILED', { handler_name: '\ud800' }, 3);
    expect(told('handler:\ud800', halved)).toMatchObject({
      page: '/events?type=HANDLER_FAILED&type=HANDLER_TIMEOUT&q=%22%EF%BF%BD%22',
    });
  });
});

describe('a list of dead nodes', () => {
  it('is a problem for each, until it is back', () => {
    const sick = event('NODE_UNHEALTHY', { node_id: 'n1' }, 0);
    const dead = event('P2P_NODES_DEAD', { node_ids: ['n1', 'n2'], reason: 'gossip timeout' }, 10);
    expect(open([sick, dead])).toEqual(['offline:n1', 'offline:n2']);
    expect(entityOf(folded([dead]), 'problems.open', 'offline:n2')).toMatchObject({
      ...{ title: 'n2 is offline', detail: 'gossip timeout', subject: 'n2' },
    });
    expect(open([dead, event('HOST_ONLINE', { node_id: 'n1' }, 20)])).toEqual(['offline:n2']);
  });
});

describe('a report of poor quality', () => {
  const config_key = 'hex8_2p';
  const low = event('QUALITY_DEGRADED', { config_key, current_quality: 0.65, threshold: 0.7 }, 0);
  const score = (avg_quality: number, seconds: number) =>
    event('QUALITY_SCORE_UPDATED', { board_type: 'hex8', num_players: 2, avg_quality }, seconds);
  const high = (payload: JsonObject, seconds: number) =>
    event('HIGH_QUALITY_DATA_AVAILABLE', { config_key, ...payload }, seconds);

  it('stands until an average reaches the threshold that it named', () => {
    expect(open([low, score(0.66, 10)])).toEqual(['quality:hex8_2p']);
    expect(open([low, score(0.66, 10), score(0.7, 20)])).toEqual([]);
    const asked = event(
      'TRAINING_BLOCKED_BY_QUALITY',
      { config_key, quality: 0.7, required_quality: 0.8 },
      5,
    );
    expect(open([low, asked, score(0.75, 10)])).toEqual(['quality:hex8_2p']);
    expect(entityOf(folded([low]), 'problems.open', 'quality:hex8_2p')).not.toHaveProperty('level');
    const less = event(
      'TRAINING_BLOCKED_BY_QUALITY',
      { config_key, quality: 0.5, required_quality: 0.55 },
      5,
    );
    expect(open([low, less, score(0.6, 10)])).toEqual(['quality:hex8_2p']);
    expect(open([less, score(0.6, 10)])).toEqual([]);
  });

  it('is over with data of high quality', () => {
    expect(open([low, high({ avg_quality: 0.75 }, 10)])).toEqual([]);
    expect(open([low, high({ high_quality_count: 500 }, 10)])).toEqual([]);
    expect(open([low, high({ avg_quality: 0.66 }, 10)])).toEqual(['quality:hex8_2p']);
  });

  it('is over with feedback that lifts the penalty, as on the page of quality', () => {
    const feedback = (new_weight: number, reason: string) =>
      event('QUALITY_FEEDBACK_ADJUSTED', { config_key, old_weight: 0.4, new_weight, reason }, 10);
    expect(open([low, feedback(1, 'manual')])).toEqual([]);
    expect(open([low, feedback(0.8, 'quality_recovered')])).toEqual([]);
    expect(open([low, feedback(0.3, 'quality_low')])).toEqual(['quality:hex8_2p']);
  });
});

it('each type of event has one rule, in whichever table: of two the later would hold alone', () => {
  const types = [...CLUSTER_RULES, ...TRAINING_RULES, ...SYSTEM_RULES].flatMap(([all]) => all);
  expect(types.filter((type, index) => types.indexOf(type) !== index)).toEqual([]);
});
