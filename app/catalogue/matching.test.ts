import { describe, expect, it } from 'vitest';
import { catalogueEntries } from './entries';
import { event } from '@/domain/projections/testing/event';
import { folded, tableOf } from '@/domain/projections/testing/run';
import type { TypeEntity } from '@/domain/projections/traffic';
import { hintOf, matching, uncatalogued, type Wanted } from './matching';
import { placeInWords } from './type-details';

const entries = catalogueEntries();
const wanted = (change: Partial<Wanted> = {}): Wanted => ({
  search: '',
  categories: [],
  seen: 'all',
  ...change,
});
const NOTHING: ReadonlyMap<string, TypeEntity> = new Map();
const names = (search: string, categories: string[] = []) =>
  matching(entries, wanted({ search, categories }), NOTHING).map(({ name }) => name);
const entry = (name: string) => entries.find((each) => each.name === name)!;

describe('the catalogue as the page shows it', () => {
  it('has every type once, ready to travel', () => {
    expect(new Set(names('')).size).toBe(entries.length);
    expect(JSON.parse(JSON.stringify(entries))).toEqual(entries);
  });

  it('shows both forms of a payload that has two', () => {
    const entry = entries.find(({ name }) => name === 'QUALITY_SCORE_UPDATED');
    expect(entry?.forms.map((fields) => fields[0]?.name)).toEqual(['board_type', 'game_id']);
  });

  it('finds a type by wire value, field, component and words together', () => {
    expect(names('new_games NEW_GAMES_AVAILABLE')).toEqual(['NEW_GAMES_AVAILABLE']);
    expect(names('rollback_to')).toContain('PROMOTION_ROLLED_BACK');
    expect(names('autopromotiondaemon model_promoted')).toContain('MODEL_PROMOTED');
    expect(names('no such words')).toEqual([]);
  });

  it('counts one type and one event as one', () => {
    const rows = [entry('MODEL_PROMOTED')];
    const once = new Map([['MODEL_PROMOTED', { count: 1 } as TypeEntity]]);
    expect(hintOf(rows, once)).toBe('1 type, 1 seen, 1 event');
    expect(hintOf(rows, NOTHING)).toBe('1 type, 0 seen, 0 events');
  });

  it('keeps to the categories asked for', () => {
    const categories = new Set(
      matching(entries, wanted({ categories: ['lock', 'sync'] }), NOTHING).map(({ category }) => category),
    );
    expect(categories).toEqual(new Set(['lock', 'sync']));
  });

  it('tells every other name of a type and where it comes from, but none twice', () => {
    expect(entry('SELFPLAY_COMPLETE').aliases).toEqual([
      { name: 'canonical_selfplay_complete', from: 'stage bus' },
      { name: 'gpu_selfplay_complete', from: 'stage bus' },
      { name: 'SELFPLAY_BATCH_COMPLETE', from: 'shared queue' },
      { name: 'selfplay_completed', from: 'earlier code' },
    ]);
    expect(names('selfplay_batch_complete')).toEqual(['SELFPLAY_COMPLETE']);
    // PBT_COMPLETED is a type of its own, so it is nobody's alias.
    expect(entry('PBT_GENERATION_COMPLETE').aliases.map(({ name }) => name)).not.toContain('pbt_completed');
    for (const { name, aliases } of entries)
      expect(new Set(aliases.map((alias) => alias.name.toUpperCase())).size, name).toBe(aliases.length);
  });

  it('says where a type stands in its lifecycles', () => {
    expect(entry('TRAINING_PROGRESS').places.map(placeInWords)).toEqual([
      'Training: in progress; keeps it going; comes after started or in progress',
    ]);
    expect(entry('TRAINING_STARTED').places.map(({ lifecycle }) => lifecycle)).toEqual([
      'Training',
      'Pipeline',
    ]);
    expect(entry('CACHE_INVALIDATED').places).toEqual([]);
  });

  it('says what must follow a type, and by when it is judged to be overdue', () => {
    const [awaited] = entry('TRAINING_STARTED').awaits;
    expect(awaited).toEqual({ what: 'the training to complete or fail', limit: 6 * 3_600 });
    const started = event('TRAINING_STARTED', { config_key: 'hex8_2p', job_id: 'j' }, 0);
    const late = folded([started, event('TASK_SPAWNED', {}, awaited!.limit + 60)]);
    expect([...tableOf(late, 'lifecycle.findings').values()]).toMatchObject([
      { kind: 'overdue', expected_seconds: awaited!.limit },
    ]);
    expect(entry('TRAINING_PROGRESS').awaits).toEqual([]);
  });

  it('tells what was seen, never seen, differs, and is in no catalogue', () => {
    const fold = folded([
      event('ELO_UPDATED', {}, 0, { drift: [{ path: 'x', kind: 'missing', message: 'm' }] }),
      event('host_online', { host: 'a' }, 1),
      event('BRAND_NEW', {}, 2),
    ]);
    const traffic = tableOf(fold, 'traffic.types') as unknown as ReadonlyMap<string, TypeEntity>;
    const of = (seen: Wanted['seen']) => matching(entries, wanted({ seen }), traffic).map(({ name }) => name);
    expect(of('seen').sort()).toEqual(['ELO_UPDATED', 'HOST_ONLINE']);
    expect(of('unseen')).toHaveLength(entries.length - 2);
    expect(of('drifted')).toEqual(['ELO_UPDATED']);
    const unknown = (change: Partial<Wanted>) =>
      uncatalogued(traffic, wanted(change)).map(({ event_type }) => event_type);
    expect(unknown({})).toEqual(['BRAND_NEW']);
    expect(unknown({ categories: ['uncatalogued'], search: 'brand' })).toEqual(['BRAND_NEW']);
    expect([
      ...unknown({ categories: ['lock'] }),
      ...unknown({ search: 'elo' }),
      ...unknown({ seen: 'unseen' }),
    ]).toEqual([]);
  });
});
