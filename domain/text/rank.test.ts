import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestOf, folded, rankOf, wordsOf } from './rank';

const rank = (query: string, name: string): number | null => rankOf(wordsOf(query), name);
const names = (query: string, ...from: string[]): readonly string[] =>
  bestOf(
    wordsOf(query),
    from,
    (name) => name,
    10,
    () => 0,
  ).best;

describe('the order of names', () => {
  it('is: the very name, its beginning, the beginning of a word, any part, scattered letters', () => {
    const ladder = ['elo', 'elo_updated', 'new_elo', 'developer', 'e_l_o'];
    expect(names('elo', ...[...ladder].reverse())).toEqual(ladder);
  });

  it('takes digits after letters for a word, and words in any order', () => {
    expect(rank('43', 'hex8_2p_v43')).toBeLessThan(rank('43', 'hex8_2p_143') ?? 0);
    expect(rank('updated ELO', 'ELO_UPDATED')).not.toBeNull();
    expect(rank('elo promoted', 'ELO_UPDATED')).toBeNull();
    expect(rank('', 'anything')).toBe(0);
  });

  it('knows scattered letters only where they begin a word and stand close together', () => {
    expect(rank('g2a', 'gh200-a')).not.toBeNull();
    expect(rank('h2a', 'gh200-a')).toBeNull();
    expect(rank('ga', 'gh200-a')).toBeNull();
    expect(rank('mpd', 'model_xxxxxxxxxxxxxxxxxxxxp_d')).toBeNull();
  });

  it('does not mind case or accents', () => {
    expect(rank('uber', 'Über-node')).toBe(rank('über', 'uber-node'));
    expect(folded('ÉLO')).toBe('elo');
  });

  it('leaves equal answers in the order asked for, and counts what it leaves out', () => {
    const models = Array.from({ length: 5_000 }, (_, version) => `hex8_2p_v${version}`);
    const newest = (a: string, b: string): number => models.indexOf(b) - models.indexOf(a);
    const found = bestOf(wordsOf('hex8'), models.slice(-50), (name) => name, 3, newest);
    expect(found).toEqual({ best: ['hex8_2p_v4999', 'hex8_2p_v4998', 'hex8_2p_v4997'], more: 47 });
  });

  it('law: the best few are the first of all, sorted', () => {
    const name = fc.stringMatching(/^[ab1_-]{0,6}$/);
    fc.assert(
      fc.property(
        fc.array(name, { maxLength: 30 }),
        fc.stringMatching(/^[ab1]{0,3}$/),
        fc.nat(8),
        (all, q, limit) => {
          const words = wordsOf(q);
          const before = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
          const sorted = all
            .flatMap((each) => {
              const score = rankOf(words, each);
              return score === null ? [] : [{ each, score }];
            })
            .sort((a, b) => a.score - b.score || before(a.each, b.each))
            .map(({ each }) => each);
          const found = bestOf(words, all, (each) => each, limit, before);
          expect(found.best).toEqual(sorted.slice(0, limit));
          expect(found.more).toBe(sorted.length - found.best.length);
        },
      ),
      { numRuns: 200 },
    );
  });
});
