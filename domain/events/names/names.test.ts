import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as aliases from './aliases';
import { CATALOGUE } from '../catalogue';
import {
  crossProcessNameOf,
  dataToStage,
  dataValueOf,
  normaliseEventType,
  stageToData,
  stageValueOf,
} from './names';

const file = path.resolve(import.meta.dirname, '../../../../shared/reference/event-aliases.json');

/** A known name in the spellings that turn up: as it is, in either case, with blanks around. */
function spellings(name: string): string[] {
  return [
    name,
    name.toUpperCase(),
    name.toLowerCase(),
    `  ${name}\n`,
    name.charAt(0).toUpperCase() + name.slice(1),
  ];
}

describe('normaliseEventType', () => {
  it.each([
    ['new_games', 'NEW_GAMES_AVAILABLE'],
    ['training_threshold', 'TRAINING_THRESHOLD_REACHED'],
    ['sync_completed', 'DATA_SYNC_COMPLETED'],
    ['SYNC_COMPLETE', 'DATA_SYNC_COMPLETED'],
    ['elo_calibration_complete', 'ELO_UPDATED'],
    ['promotion_complete', 'MODEL_PROMOTED'],
    ['parity_validation_complete', 'PARITY_VALIDATION_COMPLETED'],
    ['npz_export_complete', 'NPZ_EXPORT_COMPLETE'],
    ['export_complete', 'NPZ_EXPORT_COMPLETE'],
    ['npz_export_started', 'NPZ_EXPORT_STARTED'],
    ['iteration_complete', 'ITERATION_COMPLETE'],
    ['SELFPLAY_BATCH_COMPLETE', 'SELFPLAY_COMPLETE'],
    ['PBT_COMPLETE', 'PBT_GENERATION_COMPLETE'],
    ['shadow_tournament_complete', 'EVALUATION_COMPLETED'],
  ])('%s is %s', (spelling, canonical) => {
    for (const spelt of spellings(spelling)) expect(normaliseEventType(spelt)).toBe(canonical);
  });

  it('keeps PBT_COMPLETED, which is a data type although an old map has it stand for another', () => {
    for (const spelt of spellings('pbt_completed')) expect(normaliseEventType(spelt)).toBe('PBT_COMPLETED');
  });

  it('resolves every data type and every data value to the data type', () => {
    for (const { name, dataValue } of CATALOGUE) {
      if (dataValue === undefined) continue;
      for (const spelt of [...spellings(name), ...spellings(dataValue)])
        expect(normaliseEventType(spelt)).toBe(name);
    }
  });

  it('resolves every stage to a data type where it has a counterpart, else to itself', () => {
    for (const { name, stageValue, dataValue } of CATALOGUE) {
      if (stageValue === undefined || dataValue !== undefined) continue;
      const canonical = normaliseEventType(stageValue);
      expect(normaliseEventType(name)).toBe(canonical);
      if (canonical !== name) expect(dataValueOf(canonical), name).not.toBeNull();
    }
    const own = CATALOGUE.filter((e) => e.dataValue === undefined && normaliseEventType(e.name) === e.name);
    expect(own.map((e) => e.name).sort()).toEqual([
      'ITERATION_COMPLETE',
      'NPZ_EXPORT_COMPLETE',
      'NPZ_EXPORT_STARTED',
    ]);
  });

  it('puts unknown names into upper snake case', () => {
    expect(normaliseEventType('gauntlet.round-done now')).toBe('GAUNTLET_ROUND_DONE_NOW');
    expect(normaliseEventType(' größe ')).toBe('GRÖSSE');
    expect(normaliseEventType('<img src=x>')).toBe('_IMG_SRC_X_');
    expect(normaliseEventType('__proto__')).toBe('__PROTO__');
    expect(normaliseEventType('   ')).toBe('');
  });

  it('is idempotent, and blind to case and to blanks around', () => {
    const known = fc.constantFrom(
      ...CATALOGUE.map((e) => e.name),
      ...Object.keys(aliases.LEGACY_TO_CANONICAL),
    );
    const name = fc.oneof(known, fc.string(), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(name, (raw) => {
        const once = normaliseEventType(raw);
        expect(normaliseEventType(once)).toBe(once);
        expect(normaliseEventType(` ${raw}\t`)).toBe(once);
        expect(normaliseEventType(raw.toUpperCase())).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  it('still answers rightly after more distinct names than it remembers', () => {
    for (let i = 0; i < 10_000; i++) expect(normaliseEventType(`made_up_${i}`)).toBe(`MADE_UP_${i}`);
    expect(normaliseEventType('new_games')).toBe('NEW_GAMES_AVAILABLE');
  });
});

describe('names on the other buses', () => {
  it('gives data values', () => {
    expect(dataValueOf('DATA_SYNC_COMPLETED')).toBe('sync_completed');
    expect(dataValueOf('cluster_sync_complete')).toBe('sync_completed');
    expect(dataValueOf('npz_export_complete')).toBeNull();
    expect(dataValueOf('made up')).toBeNull();
  });

  it('gives the stage that is named, or else the one that the data type completes', () => {
    expect(stageValueOf('cluster_sync_complete')).toBe('cluster_sync_complete');
    expect(stageValueOf('DATA_SYNC_COMPLETED')).toBe('sync_complete');
    expect(stageValueOf('new_games')).toBe('selfplay_complete');
    expect(stageValueOf('NPZ_EXPORT_COMPLETE')).toBe('npz_export_complete');
    expect(stageValueOf('WORK_QUEUED')).toBeNull();
    expect(stageValueOf('constructor')).toBeNull();
  });

  it('gives names in the shared queue', () => {
    expect(crossProcessNameOf('NEW_GAMES_AVAILABLE')).toBe('NEW_GAMES_AVAILABLE');
    expect(crossProcessNameOf('SELFPLAY_COMPLETE')).toBe('SELFPLAY_BATCH_COMPLETE');
    expect(crossProcessNameOf('gpu_selfplay_complete')).toBe('GPU_SELFPLAY_COMPLETE');
    expect(crossProcessNameOf('PBT_COMPLETED')).toBe('PBT_COMPLETED');
    expect(crossProcessNameOf('elo_updated')).toBe('ELO_UPDATED');
    expect(crossProcessNameOf('made up')).toBe('MADE_UP');
  });

  it('leads every data type through the shared queue and back to itself', () => {
    for (const { name, dataValue } of CATALOGUE) {
      if (dataValue !== undefined) expect(normaliseEventType(crossProcessNameOf(name))).toBe(name);
    }
  });
});

describe.runIf(existsSync(file))('against the reference', () => {
  const tables = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string>>)
    : {};
  const table = (name: string): [string, string][] => Object.entries(tables[name] ?? {});

  it('has every table as it stands there', () => {
    expect(aliases.LEGACY_TO_CANONICAL).toEqual(tables['legacy_to_canonical']);
    expect(aliases.STAGE_TO_DATA).toEqual(tables['stage_value_to_data_value']);
    expect(aliases.DATA_TO_STAGE).toEqual(tables['data_value_to_stage_value']);
    expect(aliases.DATA_TO_CROSS_PROCESS).toEqual(
      tables['data_value_to_cross_process_where_not_upper_case_of_value'],
    );
    expect(aliases.STAGE_TO_CROSS_PROCESS).toEqual(tables['stage_value_to_cross_process']);
  });

  it('resolves every legacy name but one', () => {
    for (const [legacy, canonical] of table('legacy_to_canonical')) {
      if (legacy === 'pbt_completed') continue;
      for (const spelt of spellings(legacy)) expect(normaliseEventType(spelt), legacy).toBe(canonical);
    }
  });

  it('maps between the buses', () => {
    for (const [stage, data] of table('stage_value_to_data_value')) {
      expect(stageToData(stage)).toBe(data);
      expect(dataValueOf(stage)).toBe(data);
      expect(dataValueOf(normaliseEventType(stage))).toBe(data);
    }
    for (const [data, stage] of table('data_value_to_stage_value')) {
      expect(dataToStage(data)).toBe(stage);
      expect(stageValueOf(data)).toBe(stage);
    }
    for (const [data, name] of table('data_value_to_cross_process_where_not_upper_case_of_value')) {
      expect(crossProcessNameOf(data)).toBe(name);
      expect(dataValueOf(name)).toBe(data);
    }
    for (const [stage, name] of table('stage_value_to_cross_process')) {
      expect(crossProcessNameOf(stage)).toBe(name);
      expect(normaliseEventType(name)).toBe(normaliseEventType(stage));
    }
  });
});
