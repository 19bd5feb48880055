import { describe, expect, it } from 'vitest';
import { catalogueEntries } from './entries';
import { matching } from './matching';

const entries = catalogueEntries();
const names = (search: string, categories: string[] = []) =>
  matching(entries, search, categories).map(({ name }) => name);

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

  it('keeps to the categories asked for', () => {
    const categories = new Set(matching(entries, '', ['lock', 'sync']).map(({ category }) => category));
    expect(categories).toEqual(new Set(['lock', 'sync']));
  });
});
