import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATEGORIES, categoryOf, definitionOf, driftOf, normaliseEventType } from '../../../domain/events';
import type { JsonObject } from '../../../domain/json';
import { textOf, type SimEvent } from '../actor';
import { createSimulation, Simulation, type SimulationOptions } from './simulation';

const START = 1_766_700_000;
const HOUR = 3600;

function story(hours: number, options: Partial<SimulationOptions> = {}): SimEvent[] {
  return [...createSimulation({ seed: 1, startAt: START, ...options }).until(START + hours * HOUR)];
}
const named = (events: readonly SimEvent[], ...types: string[]): SimEvent[] =>
  events.filter((event) => types.includes(normaliseEventType(event.eventType)));
const seeds = fc.integer({ min: 0, max: 2 ** 31 });

describe('the sequence', () => {
  it('is the same for the same seed and another for another', () => {
    expect(story(3, { seed: 'a' })).toEqual(story(3, { seed: 'a' }));
    expect(story(3, { seed: 'a' })).not.toEqual(story(3, { seed: 'b' }));
  });

  it('does not depend on how it is asked for', () => {
    const whole = story(2);
    const one = createSimulation({ seed: 1, startAt: START });
    expect(whole.map(() => one.next())).toEqual(whole);
    const pieces = createSimulation({ seed: 1, startAt: START });
    const steps = Array.from({ length: 720 }, (_, i) => START + (i + 1) * 10);
    expect(steps.flatMap((end) => [...pieces.until(end)])).toEqual(whole);
  });

  it('goes on unchanged from a saved state', () => {
    const simulation = createSimulation({ seed: 5, startAt: START });
    for (const event of simulation.until(START + HOUR)) expect(event.at).toBeLessThanOrEqual(START + HOUR);
    const restored = new Simulation(structuredClone(simulation.save()));
    expect([...restored.until(START + 3 * HOUR)]).toEqual([...simulation.until(START + 3 * HOUR)]);
  });

  it('never runs backwards, for any seed', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const events = story(2, { seed });
        expect(events.every((event, i) => i === 0 || event.at >= (events[i - 1]?.at ?? 0))).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  it('comes at about the rate of a real cluster, and faster on demand', () => {
    const perSecond = story(24).length / (24 * HOUR);
    expect(perSecond).toBeGreaterThan(0.18);
    expect(perSecond).toBeLessThan(0.36);
    expect(story(3, { rate: 10 }).length).toBeGreaterThan(story(3).length * 5);
    const fleet = story(1, { nodes: 1000 });
    expect(new Set(fleet.map((event) => event.hostname)).size).toBe(1000);
    expect(fleet.length).toBeGreaterThan(10 * story(1).length);
  });
});

describe('what it tells', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'shows every category of the catalogue within three hours (seed %i)',
    (seed) => {
      const seen = new Set(
        story(3, { seed }).map((event) => categoryOf(normaliseEventType(event.eventType))),
      );
      const wanted = CATEGORIES.map((category) => category.id).filter((id) => id !== 'uncatalogued');
      expect(wanted.filter((id) => !seen.has(id))).toEqual([]);
    },
  );

  it('emits nearly every type that the catalogue knows within three days', () => {
    const types = new Set(story(72).map((event) => normaliseEventType(event.eventType)));
    expect([...types].filter((type) => definitionOf(type)).length).toBeGreaterThanOrEqual(155);
    // The set of types is open: one is not in any catalogue.
    expect([...types].filter((type) => !definitionOf(type))).toEqual(['GPU_THERMAL_THROTTLED']);
  });

  it.each([1, 2, 3])('lets Elo grow and stay below the ceiling (seed %i)', (seed) => {
    const simulation = createSimulation({ seed, startAt: START });
    expect(Array.from(simulation.until(START + 36 * HOUR)).length).toBeGreaterThan(0);
    for (const config of simulation.world.configs.values()) {
      expect(config.elo).toBeGreaterThan(config.spec.elo + 100);
      expect(config.elo).toBeLessThan(config.spec.ceiling + 60);
    }
  });

  it('has promotions, rejections, rollbacks, failed recoveries and blocked trainings', () => {
    const types = story(48).map((event) => normaliseEventType(event.eventType));
    for (const type of [
      'MODEL_PROMOTED',
      'PROMOTION_REJECTED',
      'PROMOTION_ROLLED_BACK',
      'RECOVERY_FAILED',
      'QUALITY_PENALTY_APPLIED',
      'TRAINING_FAILED',
    ]) {
      expect(types).toContain(type);
    }
  });

  it('writes payloads that fit the catalogue, but for the thin events of the stage bus', () => {
    const drifting = story(48)
      .filter((event) => event.source !== 'stage_event')
      .map((event) => ({ type: normaliseEventType(event.eventType), payload: event.payload }))
      .flatMap(({ type, payload }) =>
        driftOf(type, payload)
          // Producers send fields that nobody documented, as in real traffic.
          .filter((finding) => finding.kind !== 'unexpected')
          .map((finding) => `${type} ${finding.path}: ${finding.message}`),
      );
    expect([...new Set(drifting)]).toEqual([]);
  });
});

const LIFECYCLE_SEEDS = [11, 12];

/** Steps per subject, by its id in the payload. A row that another process wrote a second time counts once. */
function steps(events: readonly SimEvent[], key: string): Map<string, string[]> {
  const bySubject = new Map<string, string[]>();
  const lastSeen = new Map<string, number>();
  for (const event of events) {
    const subject = textOf(event.payload, key);
    const row = event.eventType + event.hostname + JSON.stringify(event.payload);
    const again = event.at - (lastSeen.get(row) ?? 0) < 7;
    lastSeen.set(row, event.at);
    if (subject === undefined || again) continue;
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), normaliseEventType(event.eventType)]);
  }
  return bySubject;
}

function expectAll(subjects: Map<string, string[]>, law: RegExp): void {
  expect(subjects.size).toBeGreaterThan(5);
  for (const [subject, types] of subjects)
    expect(`${subject}: ${types.join(' ')}`).toMatch(new RegExp(`^[^:]+: (?:${law.source})$`));
}

describe.each(LIFECYCLE_SEEDS)('lifecycles (seed %i)', (seed) => {
  const events = story(36, { seed });

  it('training: threshold, start, progress, one end', () => {
    const training = named(
      events,
      'TRAINING_THRESHOLD_REACHED',
      'TRAINING_STARTED',
      'TRAINING_PROGRESS',
      'TRAINING_COMPLETED',
      'TRAINING_FAILED',
    );
    expectAll(
      steps(training, 'job_id'),
      /TRAINING_THRESHOLD_REACHED( TRAINING_STARTED( TRAINING_PROGRESS)*( TRAINING_(COMPLETED|FAILED))?)?/,
    );
  });

  it('evaluation: start, progress, end; again after a failure', () => {
    const evaluation = named(
      events,
      'EVALUATION_STARTED',
      'EVALUATION_PROGRESS',
      'EVALUATION_COMPLETED',
      'EVALUATION_FAILED',
    );
    expectAll(
      steps(evaluation, 'model_id'),
      /(EVALUATION_STARTED( EVALUATION_PROGRESS)*( EVALUATION_FAILED ?|$))*(EVALUATION_STARTED( EVALUATION_PROGRESS)* EVALUATION_COMPLETED)?/,
    );
  });

  it('promotion: only after an evaluation, and one verdict per model', () => {
    const promotion = named(
      events,
      'EVALUATION_COMPLETED',
      'PROMOTION_CANDIDATE',
      'PROMOTION_STARTED',
      'PROMOTION_FAILED',
      'MODEL_PROMOTED',
      'PROMOTION_REJECTED',
    );
    expectAll(
      steps(promotion, 'model_id'),
      /EVALUATION_COMPLETED( PROMOTION_REJECTED| PROMOTION_CANDIDATE PROMOTION_STARTED( PROMOTION_FAILED)?( MODEL_PROMOTED)?)?/,
    );
  });

  it('work: queued, claimed, started, then done, or retried from the claim on', () => {
    const work = named(
      events,
      'WORK_QUEUED',
      'WORK_CLAIMED',
      'WORK_STARTED',
      'WORK_COMPLETED',
      'WORK_FAILED',
      'WORK_RETRY',
      'WORK_TIMEOUT',
      'WORK_CANCELLED',
    );
    expectAll(
      steps(work, 'work_id'),
      /WORK_QUEUED( WORK_CLAIMED( WORK_STARTED)? WORK_RETRY)*( WORK_CANCELLED| WORK_CLAIMED( WORK_STARTED)?( WORK_COMPLETED| WORK_FAILED| WORK_TIMEOUT)?)?/,
    );
  });

  it('recovery: initiated, then an end', () => {
    const recovery = named(events, 'RECOVERY_INITIATED', 'RECOVERY_COMPLETED', 'RECOVERY_FAILED');
    expectAll(
      steps(recovery, 'target'),
      /(RECOVERY_INITIATED RECOVERY_(COMPLETED|FAILED) ?)*(RECOVERY_INITIATED)?/,
    );
  });

  it('tasks: spawned, heartbeats, one end', () => {
    const tasks = named(
      events,
      'TASK_SPAWNED',
      'TASK_HEARTBEAT',
      'TASK_COMPLETED',
      'TASK_FAILED',
      'TASK_CANCELLED',
      'TASK_ORPHANED',
      'TASK_ABANDONED',
    );
    expectAll(
      steps(tasks, 'task_id'),
      /TASK_SPAWNED( TASK_HEARTBEAT| TASK_ORPHANED)*( TASK_(COMPLETED|FAILED|CANCELLED|ABANDONED))?/,
    );
  });
});

describe('machines', () => {
  it('say nothing between going offline and coming back, for any seed', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const offline = new Set<string>();
        for (const event of story(8, { seed })) {
          const type = normaliseEventType(event.eventType);
          const node = textOf(event.payload, 'node_id') ?? '';
          if (type === 'HOST_ONLINE') offline.delete(node);
          if (offline.has(event.hostname))
            throw new Error(`${type} from ${event.hostname}, which is offline`);
          if (type === 'HOST_OFFLINE' && textOf(event.payload, 'host_id') !== undefined) offline.add(node);
        }
      }),
      { numRuns: 10 },
    );
  });

  it('take their work down with them', () => {
    const events = story(72, { seed: 3 });
    const lost = named(events, 'TRAINING_FAILED').filter((event) =>
      (textOf(event.payload, 'error') ?? '').startsWith('worker lost'),
    );
    expect(lost.length).toBeGreaterThan(0);
    expect(named(events, 'TASK_ORPHANED').length).toBeGreaterThan(0);
    expect(
      named(events, 'WORK_RETRY').filter((event) => event.payload.error === 'worker lost').length,
    ).toBeGreaterThan(0);
  });
});

describe('an event from outside', () => {
  const heard = (
    eventType: string,
    payload: JsonObject,
    hours = 0.1,
  ): { types: string[]; simulation: Simulation } => {
    const simulation = createSimulation({ seed: 9, startAt: START });
    expect([...simulation.until(START + 60)].length).toBeGreaterThan(0);
    simulation.hear({ eventType, payload });
    const events = [...simulation.until(START + 60 + hours * HOUR)];
    return {
      types: events
        .filter((e) => JSON.stringify(e.payload).includes('hex8_2p'))
        .map((e) => normaliseEventType(e.eventType)),
      simulation,
    };
  };

  it('makes a model champion, which is then distributed', () => {
    const { types, simulation } = heard('MODEL_PROMOTED', { model_id: 'hex8_2p_v14', elo: 1500 });
    expect(simulation.world.configs.get('hex8_2p')?.champion).toBe('hex8_2p_v14');
    expect(types).toContain('MODEL_DISTRIBUTION_COMPLETE');
  });

  it('rolls a champion back', () => {
    const { types, simulation } = heard('PROMOTION_ROLLED_BACK', {
      model_id: 'hex8_2p_v15',
      rollback_to: 'hex8_2p_v14',
    });
    expect(simulation.world.configs.get('hex8_2p')?.champion).toBe('hex8_2p_v14');
    expect(types).toContain('CACHE_INVALIDATED');
  });

  it('starts a training', () => {
    const { types } = heard('TRAINING_THRESHOLD_REACHED', {
      config: 'hex8_2p',
      job_id: 'by_hand',
      trigger_reason: 'manual',
    });
    expect(types).toContain('TRAINING_STARTED');
  });

  it('cannot upset it, whatever it holds', () => {
    const types = [
      'MODEL_PROMOTED',
      'PROMOTION_ROLLED_BACK',
      'HOST_OFFLINE',
      'HOST_ONLINE',
      'NODE_TERMINATED',
      'SELFPLAY_COMPLETE',
      'EVALUATION_COMPLETED',
      'SYNC_REQUEST',
    ];
    const values = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('hex8_2p', 'hex8_2p_v15', '__proto__', 'gh200-a'),
    );
    const keys = fc.constantFrom(
      'model_id',
      'config_key',
      'node_id',
      'elo',
      'rollback_to',
      'source',
      '__proto__',
    );
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.dictionary(keys, values), (type, payload) => {
        const { simulation } = heard(type, payload as JsonObject, 1);
        expect(simulation.now).toBe(START + 60 + HOUR);
      }),
      { numRuns: 40 },
    );
  });
});
