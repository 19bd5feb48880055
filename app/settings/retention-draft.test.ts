import { describe, expect, it } from 'vitest';
import { KEEP_EVERYTHING } from '@/domain/retention/policy';
import { draftOf, limitsOf, policyOf } from './retention-draft';

describe('a retention draft', () => {
  it('gives back the policy that it was made of', () => {
    const policy = {
      ...KEEP_EVERYTHING,
      max_age_days: 90,
      max_bytes: 2_500_000_000,
      category_days: { daemon: 7, lock: 3 },
    };
    expect(policyOf(draftOf(policy))).toEqual({ policy });
    expect(policyOf(draftOf(KEEP_EVERYTHING))).toEqual({ policy: KEEP_EVERYTHING });
  });

  it('takes types in any spelling', () => {
    const made = policyOf({ ...draftOf(KEEP_EVERYTHING), keepTypes: 'model_promoted, new_games Weather' });
    expect('policy' in made && made.policy.keep_types).toEqual([
      ...['MODEL_PROMOTED', 'NEW_GAMES_AVAILABLE', 'WEATHER'],
    ]);
  });

  it('names each field that cannot be used', () => {
    const wrong = policyOf({
      ...draftOf(KEEP_EVERYTHING),
      days: '1.5',
      gigabytes: '0.01',
      categoryDays: { daemon: '-1', lock: 'x' },
    });
    expect('errors' in wrong && [...wrong.errors.keys()].sort()).toEqual([
      'daemon',
      'days',
      'gigabytes',
      'lock',
    ]);
    const types = policyOf({ ...draftOf(KEEP_EVERYTHING), keepTypes: 'model_promoted!' });
    expect('errors' in types && types.errors.has('keepTypes')).toBe(true);
  });
});

describe('the limits of a policy', () => {
  it('are said one by one, with what they leave alone', () => {
    const policy = { ...KEEP_EVERYTHING, keep_types: ['MODEL_PROMOTED'], category_days: { lock: 1 } };
    expect(limitsOf({ ...policy, max_age_days: 90, max_bytes: 2_500_000_000 })).toEqual([
      'Locks older than 1 day',
      'Other events older than 90 days',
      'The oldest, while the file is above 2.5 GB',
      'Never MODEL_PROMOTED, what operators did here',
    ]);
    expect(
      limitsOf({ ...policy, max_age_days: 90, category_days: {}, keep_types: [], keep_manual: false }),
    ).toEqual(['Events older than 90 days']);
    expect(limitsOf(KEEP_EVERYTHING)).toEqual(['Nothing: no limit is set']);
  });
});
