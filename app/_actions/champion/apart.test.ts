import { describe, expect, it } from 'vitest';
import { formatCount, formatFixed, formatPercent } from '@/components/ui/format';
import { apart } from './apart';

describe('how far two figures are apart', () => {
  it('is the difference of what is shown of them', () => {
    expect([formatPercent(0.5475), formatPercent(0.5832)]).toEqual(['55 %', '58 %']);
    expect(apart(0.5475, 0.5832, 2, formatPercent)).toBe('−3 %');
    expect(apart(1461.36, 1522.33, 1, (value) => formatFixed(value))).toBe('−60.9');
  });

  it('has a sign, and none where nothing of it is seen', () => {
    expect(apart(200, 100, 0, formatCount)).toBe('+100');
    expect(apart(0.501, 0.504, 2, formatPercent)).toBe('0');
    expect(apart(null, 1, 0, formatCount)).toBeNull();
    expect(apart(1, null, 0, formatCount)).toBeNull();
  });
});
