import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../events/envelope';
import { event } from '../projections/testing/event';
import { chainsOf, missingStep, MAX_MEMBERS, type Chain, type ChainKind } from '.';
import { plainFind } from './testing.test-support';
import { spellsOf } from './spell';
import { SPELL_RULES } from './spell-rules';

const NODES = ['gh200-a', 'gh200-b'];
const CONFIGS = ['hex8_2p', 'hex8_3p'];
const JOBS = ['job-1', 'job-2', 'job-3'];
const MODELS = ['hex8_2p_v1', 'hex8_2p_v2'];
const WORK = ['work_1', 'work_2', 'work_11'];
const TYPES = [...new Set(SPELL_RULES.flatMap(({ awaits }) => awaits))].concat([
  ...['HOST_OFFLINE', 'P2P_NODE_DEAD', 'P2P_NODES_DEAD', 'HEALTH_CHECK_FAILED', 'RECOVERY_INITIATED'],
  ...['QUALITY_DEGRADED', 'QUALITY_PENALTY_APPLIED', 'SELFPLAY_RATE_CHANGED', 'QUALITY_SCORE_UPDATED'],
  ...['LOCK_ACQUIRED', 'LOCK_TIMEOUT', 'DATA_SYNC_STARTED', 'SYNC_STALLED', 'LEADER_LOST'],
  ...['TRAINING_THRESHOLD_REACHED', 'TRAINING_STARTED', 'TRAINING_PROGRESS', 'TRAINING_COMPLETED'],
  ...['TRAINING_LOSS_TREND', 'EVALUATION_COMPLETED', 'MODEL_PROMOTED', 'REGRESSION_DETECTED'],
  ...['NPZ_EXPORT_STARTED', 'NPZ_EXPORT_COMPLETE', 'WORK_QUEUED', 'WORK_CLAIMED', 'TASK_SPAWNED'],
]);

const payload = fc.record(
  {
    node_id: fc.constantFrom(...NODES),
    node_ids: fc.constantFrom(NODES, ['gh200-b']),
    config_key: fc.constantFrom(...CONFIGS),
    job_id: fc.constantFrom(...JOBS),
    model_id: fc.constantFrom(...MODELS),
    rollback_from: fc.constantFrom(...MODELS),
    work_id: fc.constantFrom(...WORK),
    task_id: fc.constantFrom('task_1', 'task_2'),
    lock_name: fc.constantFrom('elo_db', 'elo'),
    source: fc.constantFrom(...NODES),
    recovery_type: fc.constantFrom('node', 'model'),
    target: fc.constantFrom(...NODES, ...MODELS),
    avg_quality: fc.constantFrom(0.4, 0.9),
    threshold: fc.constant(0.6),
    output_path: fc.constantFrom('a.npz', 'b.npz'),
  },
  { requiredKeys: [], noNullPrototype: true },
);

/** Few subjects, many events close together: chains touch, interleave and break off. */
const histories = fc
  .array(
    fc.record({
      type: fc.constantFrom(...TYPES),
      payload,
      at: fc.integer({ min: 0, max: 40 }),
      correlation: fc.option(fc.constantFrom('c1', 'c2'), { freq: 8 }),
      parent: fc.option(fc.nat(20), { freq: 8 }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((rows) =>
    rows.map(({ type, payload: fields, at, correlation, parent }, index) =>
      event(type, fields, at * 60, {
        seq: index + 1,
        eventId: `event-${index + 1}`,
        correlationId: correlation,
        parentEventId: parent === null ? null : `event-${parent}`,
      }),
    ),
  );

const chainsFor = (all: readonly StoredEvent[], one: StoredEvent): Chain[] => chainsOf(one, plainFind(all));
const seqs = (chain: Chain): number[] => chain.members.map(({ seq }) => seq);
const bySeq = (all: readonly StoredEvent[], seq: number): StoredEvent =>
  all.find((each) => each.seq === seq)!;

/** What every member of a chain must say itself, read from the payload without the rules' own helpers. */
function mentions(chain: Chain, { eventType, payload: fields, config, node }: StoredEvent): boolean {
  const values = Object.values(fields).flat();
  switch (chain.kind) {
    case 'outage':
    case 'pressure':
      return node === chain.subject || values.includes(chain.subject);
    case 'quality':
    case 'parity':
      return config === chain.subject;
    case 'work':
    case 'task':
    case 'search':
    case 'lock':
    case 'repair':
    case 'rollback':
      return values.includes(chain.subject);
    case 'sync':
    case 'recovery':
      return values.some((value) => typeof value === 'string' && chain.subject.endsWith(` ${value}`));
    case 'leader':
      return /LEADER|P2P|HOST_OFFLINE|CLUSTER|SPLIT/.test(eventType);
    case 'run':
    case 'linked':
      return true;
  }
}

describe('the chains of an event', () => {
  it('contain the event, each member once, in the order of event time, then of history', () => {
    fc.assert(
      fc.property(histories, (all) => {
        for (const one of all) {
          for (const chain of chainsFor(all, one)) {
            const own = chain.members.filter(({ place }) => place === 'this');
            expect(own.map(({ seq }) => seq)).toEqual([one.seq]);
            expect(new Set(seqs(chain)).size).toBe(chain.members.length);
            const sorted = [...chain.members].sort((a, b) => a.timestamp - b.timestamp || a.seq - b.seq);
            expect(chain.members).toEqual(sorted);
            expect(chain.members.every(({ offset, gap }) => offset >= 0 && (gap ?? 0) >= 0)).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('link no strangers: every member names the subject that the chain is about', () => {
    fc.assert(
      fc.property(histories, (all) => {
        for (const one of all)
          for (const chain of chainsFor(all, one))
            for (const seq of seqs(chain)) expect(mentions(chain, bySeq(all, seq))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('are the same chain, whichever member is asked, for states and ids', () => {
    const shared = new Set<ChainKind>([
      'outage',
      'quality',
      'sync',
      'lock',
      'leader',
      'pressure',
      'work',
      'task',
    ]);
    fc.assert(
      fc.property(histories, (all) => {
        for (const one of all) {
          for (const chain of chainsFor(all, one).filter(({ kind }) => shared.has(kind))) {
            for (const seq of seqs(chain)) {
              const others = chainsFor(all, bySeq(all, seq));
              const covered = others.some((other) => seqs(chain).every((each) => seqs(other).includes(each)));
              expect(covered).toBe(true);
            }
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('give each event to one spell of a subject at most', () => {
    fc.assert(
      fc.property(histories, fc.constantFrom(...SPELL_RULES), (all, rule) => {
        for (const subject of new Set(all.flatMap((each) => rule.subjects(each)))) {
          const spells = spellsOf(
            rule,
            all.filter((each) => rule.subjects(each).includes(subject)),
          );
          const members = spells.flatMap((spell) => spell.members.map(({ seq }) => seq));
          expect(new Set(members).size).toBe(members.length);
          for (const { opening, members: own, closed } of spells)
            for (const each of own) {
              expect(each.timestamp).toBeGreaterThanOrEqual(opening.timestamp - rule.lead);
              expect(each.timestamp).toBeLessThanOrEqual((closed ?? Infinity) + rule.settle);
            }
        }
      }),
    );
  });

  it('tie a run only by its job, its model, or by its config where no other run stands in between', () => {
    fc.assert(
      fc.property(histories, (all) => {
        for (const one of all) {
          const run = chainsFor(all, one).find(({ kind }) => kind === 'run');
          if (run === undefined) continue;
          const jobs = seqs(run)
            .map((seq) => bySeq(all, seq))
            .filter(({ eventType }) => !/^(WORK|TASK)_/.test(eventType))
            .flatMap((each) => each.payload['job_id'] ?? []);
          expect(new Set(jobs).size).toBeLessThanOrEqual(1);
          const models = run.members
            .filter(({ by }) => by === 'model id')
            .map(({ seq }) => {
              const { eventType, payload: fields } = bySeq(all, seq);
              return fields[eventType === 'TRAINING_ROLLBACK_COMPLETED' ? 'rollback_from' : 'model_id'];
            });
          expect(new Set(models).size).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 150 },
    );
  });
});

it('a run takes no export that names another job', () => {
  const exported = (job: object) =>
    event('NPZ_EXPORT_COMPLETE', { config_key: 'hex8_2p', ...job }, 0, { seq: 1 });
  const threshold = event('TRAINING_THRESHOLD_REACHED', { config_key: 'hex8_2p', job_id: 'job-1' }, 1, {
    seq: 2,
  });
  const runWith = (job: object) => chainsFor([exported(job), threshold], threshold).map(seqs);
  expect(runWith({})).toEqual([[1, 2]]);
  expect(runWith({ job_id: 'job-1' })).toEqual([[1, 2]]);
  // An event alone is no chain.
  expect(runWith({ job_id: 'job-3' })).toEqual([]);
});

it('tells of an event first what it is about itself', () => {
  const of = { model_id: 'hex8_2p_v1', config_key: 'hex8_2p' };
  const all = [
    event('TRAINING_COMPLETED', { ...of, job_id: 'job-1' }, 0, { seq: 1 }),
    event('EVALUATION_COMPLETED', of, 60, { seq: 2 }),
    event('REGRESSION_DETECTED', of, 120, { seq: 3 }),
    event('RECOVERY_INITIATED', { recovery_type: 'model', target: 'hex8_2p_v1' }, 180, { seq: 4 }),
    event('PROMOTION_ROLLED_BACK', of, 240, { seq: 5 }),
  ];
  const kinds = (seq: number) => chainsFor(all, bySeq(all, seq)).map(({ kind }) => kind);
  // The evaluation announces the regression; what it is about is the run.
  expect([1, 2, 3, 4, 5].map(kinds)).toEqual([
    ...[['run'], ['run', 'rollback']],
    ...[['rollback', 'run'], ['rollback'], ['rollback', 'run']],
  ]);
});

describe('a chain', () => {
  const work = (step: string, at: number, seq: number) =>
    event(`WORK_${step}`, { work_id: 'w' }, at, { seq });

  it('is cut around the event, and says so', () => {
    const all = Array.from({ length: 900 }, (_, index) => work('RETRY', index, index + 1));
    const [chain] = chainsFor(all, all[500]!);
    expect(chain).toMatchObject({ kind: 'work', cut_before: true, cut_after: true });
    expect(chain?.members).toHaveLength(MAX_MEMBERS);
    expect(chain?.members[MAX_MEMBERS / 2]?.place).toBe('this');
    const [first] = chainsFor(all, all[0]!);
    expect(first).toMatchObject({ cut_before: false, cut_after: true });
  });

  it('tells which step is missing, and none once that came', () => {
    const usual = () => ({ limit: 600, usual_seconds: 60 });
    const all = [work('QUEUED', 0, 1), work('CLAIMED', 10, 2), work('STARTED', 20, 3)];
    const [open] = chainsFor(all, all[0]!);
    const now = all[2]!.timestamp + 5;
    expect(missingStep(open!, usual, now)).toEqual({
      types: ['WORK_COMPLETED', 'WORK_FAILED'],
      after: 'WORK_STARTED',
      since: all[2]!.timestamp,
      usual_seconds: 60,
      limit_seconds: 600,
      given_up: false,
    });
    const [done] = chainsFor([...all, work('COMPLETED', 90, 4)], all[0]!);
    expect(missingStep(done!, usual, now)).toBeNull();
    const lost = chainsFor(
      [event('HOST_OFFLINE', { node_id: 'n' }, 0, { seq: 1 })],
      event('HOST_OFFLINE', { node_id: 'n' }, 0, { seq: 1 }),
    );
    expect(lost.map(({ kind, members }) => [kind, members.length])).toEqual([['outage', 1]]);
    expect(missingStep(lost[0]!, usual, now)?.types).toContain('HOST_ONLINE');
  });

  it('awaits no decision on a champion that is evaluated again', () => {
    const step = (type: string, at: number) => event(type, { model_id: 'hex8_2p_v1' }, at, { seq: at });
    const told = [step('EVALUATION_STARTED', 1), step('EVALUATION_COMPLETED', 2)];
    const again = [step('EVALUATION_STARTED', 5), step('EVALUATION_COMPLETED', 6)];
    const missing = (all: readonly StoredEvent[]) =>
      missingStep(chainsFor(all, all[0]!)[0]!, () => ({ limit: 60, usual_seconds: null }), all[0]!.timestamp);
    expect(missing(told)?.types).toContain('MODEL_PROMOTED');
    const champion = [...told, step('MODEL_PROMOTED', 3), step('MODEL_DISTRIBUTION_COMPLETE', 4)];
    expect(missing([...champion, ...again])).toBeNull();
    expect(missing([...told, step('PROMOTION_REJECTED', 3), ...again])?.types).toContain('MODEL_PROMOTED');
  });

  it('holds what publishers tied together, over generations', () => {
    const all = [
      event('A', {}, 0, { seq: 1, eventId: 'a' }),
      event('B', {}, 1, { seq: 2, eventId: 'b', parentEventId: 'a' }),
      event('C', {}, 2, { seq: 3, eventId: 'c', parentEventId: 'b', correlationId: 'k' }),
      event('D', {}, 3, { seq: 4, eventId: 'd', correlationId: 'k' }),
      event('E', {}, 4, { seq: 5, eventId: 'e' }),
    ];
    for (const one of all.slice(0, 4)) expect(chainsFor(all, one).map(seqs)).toEqual([[1, 2, 3, 4]]);
    expect(chainsFor(all, all[4]!)).toEqual([]);
  });

  it('of a repetition is that of the event it repeats, with the repetition in it', () => {
    const all = [
      work('QUEUED', 0, 1),
      work('CLAIMED', 10, 2),
      { ...work('QUEUED', 20, 3), duplicateOf: 'event-1' },
    ];
    expect(chainsFor(all, all[2]!).map(seqs)).toEqual([[1, 2, 3]]);
    expect(chainsFor(all, all[0]!).map(seqs)).toEqual([[1, 2]]);
  });
});
