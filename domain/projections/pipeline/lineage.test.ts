import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope';
import type { StageId } from '../../realtime/entities';
import { event, T0 } from '../testing/event';
import { folded } from '../testing/run';
import { DATA_STAGES, hopTimes, leadTime, runViewOf, runViews, type RunView } from '.';
import { addMark, lastBefore } from './marks';

const C = { config_key: 'hex8_2p' };
const played = (at: number, node = 'n1') =>
  event('SELFPLAY_COMPLETE', { ...C, node_id: node, duration_seconds: 30 }, at);
const games = (at: number, host = 'n1') => event('NEW_GAMES_AVAILABLE', { ...C, host }, at);
const sync = (from: number, to: number, source = 'n1') => [
  event('DATA_SYNC_STARTED', { sync_type: 'data', source }, from),
  event('DATA_SYNC_COMPLETED', { sync_type: 'data', source, success: true }, to),
];
const exported = (from: number, to: number, path = 'a.npz') => [
  event('NPZ_EXPORT_STARTED', { ...C, output_path: path }, from),
  event('NPZ_EXPORT_COMPLETE', { ...C, output_path: path }, to),
];
const triggered = (at: number, job = 'j') => event('TRAINING_THRESHOLD_REACHED', { ...C, job_id: job }, at);

function viewOf(events: readonly StoredEvent[], job = 'j'): RunView {
  const view = runViewOf(folded(events).states().pipeline, job);
  if (view === undefined) throw new Error('no such run');
  return view;
}

/** When each stage of the data was over, and which are told by time alone. */
function dataOf(view: RunView): [StageId, number | null, boolean][] {
  return view.hops
    .filter(({ stage }) => DATA_STAGES.includes(stage))
    .map(({ stage, ended, guessed }) => [stage, ended === null ? null : ended.t - T0, guessed]);
}

describe('the data of a run', () => {
  const whole = [played(0), games(10), ...sync(20, 60), ...exported(70, 100), triggered(100)];

  it('is what its config had exported last, back to the selfplay batch', () => {
    expect(dataOf(viewOf(whole))).toEqual([
      ['selfplay', 0, false],
      ['new_games', 10, false],
      ['sync', 60, false],
      ['export', 100, false],
    ]);
  });

  it('leaves out games whose sync had begun before them, or was not over when the export began', () => {
    const late = [played(30), games(40), ...sync(65, 90), played(5, 'n2'), games(15, 'n2')];
    const view = viewOf([...whole, ...late].sort((a, b) => a.timestamp - b.timestamp));
    expect(
      dataOf(view)
        .slice(0, 3)
        .map(([, at]) => at),
    ).toEqual([0, 10, 60]);
  });

  it('takes the freshest games, from whichever node', () => {
    const fresher = [played(25, 'n2'), games(30, 'n2'), ...sync(40, 50, 'n2')];
    const view = viewOf([...whole, ...fresher].sort((a, b) => a.timestamp - b.timestamp));
    expect(
      dataOf(view)
        .slice(0, 3)
        .map(([, at]) => at),
    ).toEqual([25, 30, 50]);
  });

  it('says where only the times fit', () => {
    const elsewhere = [played(0), games(10), ...sync(20, 60, 'n9'), ...exported(70, 100), triggered(100)];
    expect(dataOf(viewOf(elsewhere))).toContainEqual(['sync', 60, true]);
    const unnamed = event('NPZ_EXPORT_COMPLETE', { config: '' }, 99);
    const begun = whole.filter(({ eventType }) => eventType !== 'NPZ_EXPORT_COMPLETE');
    expect(dataOf(viewOf([...begun.slice(0, -1), unnamed, triggered(100)]))).toContainEqual([
      'export',
      99,
      true,
    ]);
  });

  it('is not told where nothing tells it, and an end that is not known starts no duration', () => {
    expect(dataOf(viewOf([triggered(100)]))).toEqual([]);
    const begun = whole.filter(({ eventType }) => eventType !== 'NPZ_EXPORT_COMPLETE');
    const view = viewOf(begun);
    expect(dataOf(view)).toContainEqual(['export', null, false]);
    expect(hopTimes(view).map(({ stage }) => stage)).toEqual(['selfplay', 'new_games', 'sync']);
  });

  it('is found also when the export is told of after the threshold that it led to', () => {
    const [start, end] = exported(70, 100);
    const late = [played(0), games(10), ...sync(20, 60), triggered(100), start, end].flatMap(
      (each) => each ?? [],
    );
    expect(dataOf(viewOf(late))).toEqual(dataOf(viewOf(whole)));
    expect(dataOf(viewOf([...whole, ...exported(200, 300, 'b.npz')]))).toEqual(dataOf(viewOf(whole)));
  });

  it('counts the lead time from the selfplay batch to the promotion', () => {
    const trained = [
      event('TRAINING_STARTED', { ...C, job_id: 'j' }, 110),
      event('TRAINING_COMPLETED', { ...C, job_id: 'j', model_id: 'hex8_2p_v1' }, 200),
      event('MODEL_PROMOTED', { ...C, model_id: 'hex8_2p_v1' }, 300),
    ];
    const view = viewOf([...whole, ...trained]);
    expect(leadTime(view)).toBe(300);
    expect(hopTimes(view).find(({ stage }) => stage === 'training')).toMatchObject({ took: 100, waited: 10 });
  });

  it('never ends after the stage that it led to, whatever happens in which order', () => {
    const step = fc.tuple(fc.integer({ min: 0, max: 11 }), fc.nat(2_000), fc.constantFrom('n1', 'n2'));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const events = steps.flatMap(([kind, at, node]) => {
          if (kind < 3) return [played(at, node)];
          if (kind < 6) return [games(at, node)];
          if (kind < 8) return sync(at, at + 40, node);
          return kind < 10 ? exported(at, at + 50, `${at}.npz`) : [triggered(at, `j${at}`)];
        });
        for (const view of runViews(folded(events).states().pipeline)) {
          const ends = dataOf(view).flatMap(([, at]) => at ?? []);
          expect(ends.slice(0, 3)).toEqual([...ends.slice(0, 3)].sort((a, b) => a - b));
          for (const { took, waited } of hopTimes(view)) {
            expect(took).toBeGreaterThanOrEqual(0);
            if (waited !== null) expect(waited).toBeLessThanOrEqual(took);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('marks', () => {
  it('stay sorted and few, keep the newest, and reach back half an hour where there were so many', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100_000), { maxLength: 400 }), (times) => {
        const list: { t: number; s: number }[] = [];
        times.forEach((t, s) => addMark(list, { t, s }, 32));
        expect(list.length).toBeLessThanOrEqual(32);
        expect(list.map(({ t }) => t)).toEqual(list.map(({ t }) => t).sort((a, b) => a - b));
        expect(lastBefore(list, Infinity)?.t ?? -1).toBe(times.reduce((a, b) => Math.max(a, b), -1));
      }),
    );
    const fast: { t: number; s: number }[] = [];
    for (let t = 0; t < 10_000; t += 1) addMark(fast, { t, s: t }, 128);
    expect(10_000 - (fast[0]?.t ?? 0)).toBeGreaterThan(1_800);
  });
});

describe('ended runs', () => {
  const rounds = (count: number) =>
    Array.from({ length: count }, (_, index) => {
      const at = index * 1_000;
      const names = { ...C, job_id: `j${index}`, model_id: `hex8_2p_v${index}` };
      return [
        ...[
          played(at),
          games(at + 10),
          ...sync(at + 20, at + 60),
          ...exported(at + 70, at + 100, `${at}.npz`),
        ],
        triggered(at + 110, `j${index}`),
        event('TRAINING_STARTED', names, at + 120),
        event('TRAINING_COMPLETED', names, at + 200),
        event('PROMOTION_REJECTED', names, at + 300),
      ];
    }).flat();

  it('stay on record as they were, at most so many per config', () => {
    const fold = folded(rounds(200));
    const views = [...runViews(fold.states().pipeline)];
    expect(views).toHaveLength(new Set(views.map(({ id }) => id)).size);
    expect(views.length).toBeLessThanOrEqual(112 + 64 + 64);
    const [first] = views.filter(({ id }) => !fold.states().pipeline.runs.runs.has(id));
    const number = Number(first?.id.slice(1));
    const alone = viewOf(rounds(number + 1), first?.id);
    const shape = (view: RunView | undefined) =>
      view?.hops.map(({ stage, ended, status }) => [stage, ended?.t, status]);
    expect(shape(first)).toEqual(shape(alone));
    expect(first).toMatchObject({ status: 'rejected', job: `j${number}`, node: 'coordinator' });
  });

  it('can be rolled back long after', () => {
    const events = rounds(200);
    const [first] = folded(events).states().pipeline.runs.archive.get('hex8_2p') ?? [];
    const back = event('PROMOTION_ROLLED_BACK', { ...C, model_id: first?.model ?? '' }, 300_000);
    expect(viewOf([...events, back], first?.id).status).toBe('rolled_back');
  });
});
