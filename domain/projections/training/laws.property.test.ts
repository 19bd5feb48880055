import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope';
import type { Json, JsonObject } from '../../json';
import { selectState } from '..';
import { event } from '../testing/event';
import { folded, tableOf } from '../testing/run';
import { trainingProjection, type TrainingState } from '.';

const number = fc.oneof(
  fc.double({ noNaN: true }),
  fc.integer({ min: -3, max: 40 }),
  fc.constantFrom(1e308, -1e308, 5e-324, 2 ** 53, 0, -0),
) as fc.Arbitrary<Json>;
const TYPES = [
  ...['TRAINING_THRESHOLD_REACHED', 'TRAINING_STARTED', 'TRAINING_PROGRESS', 'TRAINING_COMPLETED'],
  ...['TRAINING_FAILED', 'TRAINING_EARLY_STOPPED', 'TRAINING_LOSS_ANOMALY', 'TRAINING_LOSS_TREND'],
  ...['CHECKPOINT_SAVED', 'CHECKPOINT_LOADED', 'TRAINING_ROLLBACK_NEEDED', 'TRAINING_ROLLBACK_COMPLETED'],
  ...[
    'TRAINING_BLOCKED_BY_QUALITY',
    'HYPERPARAMETER_UPDATED',
    'NPZ_EXPORT_COMPLETE',
    'NPZ_EXPORT_STARTED',
    'WORK_QUEUED',
  ],
];
const payload = fc.record(
  {
    job_id: fc.constantFrom<Json>('a', 'b', 'c/d', '__proto__', 7),
    config_key: fc.constantFrom('hex8_2p', 'square8_3p'),
    model_id: fc.constantFrom('hex8_2p_v1', 'hex8_2p_v2'),
    rollback_from: fc.constantFrom('hex8_2p_v1', 'hex8_2p_v2'),
    checkpoint_path: fc.constantFrom('checkpoints/a/epoch_1.pt', 'x'),
    epoch: number,
    total_epochs: number,
    train_loss: number,
    val_loss: number,
    learning_rate: number,
    samples_exported: number,
    output_path: fc.constantFrom('a.npz', 'b.npz'),
    quality: number,
    param_name: fc.constantFrom('lr', '__proto__'),
    new_value: number,
    success: fc.boolean(),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>;

/** Ten hours, so that runs fall silent in between. */
const histories = fc
  .array(
    fc.record({
      type: fc.constantFrom(...TYPES),
      payload,
      seconds: fc.integer({ min: 0, max: 36_000 }),
      hostname: fc.constantFrom('gpu-1', 'gpu-2'),
    }),
    { maxLength: 120 },
  )
  .map((all) =>
    all.map(({ type, payload: data, seconds, hostname }, index) =>
      event(type, data, seconds, { seq: index + 1, hostname }),
    ),
  );

function allFinite(value: Json): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every(allFinite);
}

function entities(state: TrainingState): Map<string, Json | undefined> {
  const found = new Map<string, Json | undefined>();
  for (const [name, topic] of Object.entries(trainingProjection.topics)) {
    for (const key of topic.keys(state)) found.set(`${name} ${key}`, topic.entity(state, key));
  }
  return found;
}

describe('the fold of training', () => {
  it('never lets a NaN or an infinity reach a page', () => {
    fc.assert(
      fc.property(histories, (events) => {
        const fold = folded(events);
        for (const topic of ['training.runs', 'training.configs']) {
          for (const [key, entity] of tableOf(fold, topic)) expect(allFinite(entity), key).toBe(true);
        }
        expect(allFinite(selectState(fold, 'training') ?? null)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('touches every entity that changes, also those that only time changes', () => {
    fc.assert(
      fc.property(histories, (events) => {
        const state = trainingProjection.initial();
        const shown = new Map<string, Json | undefined>();
        for (const each of events) {
          const touched = new Set<string>();
          trainingProjection.fold(state, each, (topic, key) => touched.add(`${topic} ${key}`));
          const now = entities(state);
          for (const key of touched) {
            if (now.has(key)) shown.set(key, structuredClone(now.get(key)));
            else shown.delete(key);
          }
          expect(shown).toEqual(now);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('goes on from a snapshot at any point as if there had been none', () => {
    fc.assert(
      fc.property(histories, fc.nat(), (events, cut) => {
        const at = events.length === 0 ? 0 : cut % events.length;
        const fold = (state: TrainingState, some: readonly StoredEvent[]): TrainingState => {
          for (const each of some) trainingProjection.fold(state, each, () => undefined);
          return state;
        };
        const whole = fold(trainingProjection.initial(), events);
        const resumed = fold(
          structuredClone(fold(trainingProjection.initial(), events.slice(0, at))),
          events.slice(at),
        );
        expect(resumed).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });

  it('counts an epoch once, whoever repeats it', () => {
    fc.assert(
      fc.property(histories, (events) => {
        const state = trainingProjection.initial();
        for (const each of [...events, ...events]) trainingProjection.fold(state, each, () => undefined);
        for (const { epochs } of state.runs.values()) {
          const numbers = epochs.map(({ e }) => e);
          expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
        }
      }),
      { numRuns: 100 },
    );
  });
});
