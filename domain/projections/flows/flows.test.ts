import { expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope';
import { event } from '../testing/event';
import { entityOf, folded } from '../testing/run';
import { flowStepsOf } from '.';

const score = (config: string, avg_quality: number, seconds: number) =>
  event('QUALITY_SCORE_UPDATED', { config_key: config, avg_quality }, seconds);
const low = (config: string, threshold: number, seconds: number) =>
  event('QUALITY_DEGRADED', { config_key: config, current_quality: 0.65, threshold }, seconds);

it('takes a quality for good from the threshold on that its config’s reports named last', () => {
  const good = (events: readonly StoredEvent[]) =>
    entityOf(folded(events), 'flows.steps', 'quality/QUALITY_GOOD')['count'];
  expect(good([score('hex8_2p', 0.65, 0)])).toBe(1);
  const named = [low('hex8_2p', 0.7, 0), score('hex8_2p', 0.65, 10), score('hex8_2p', 0.7, 20)];
  expect(good(named)).toBe(1);
  expect(good([...named, score('square8_2p', 0.65, 30)])).toBe(2);
  expect(good([...named, low('hex8_2p', 0.5, 40), score('hex8_2p', 0.55, 50)])).toBe(2);
  // A report that is told of late does not replace a newer one.
  expect(good([...named, low('hex8_2p', 0.5, -10), score('hex8_2p', 0.65, 50)])).toBe(1);
  const own = flowStepsOf(folded(named).states().flows, 'quality', 'hex8_2p');
  expect(own.find(({ step }) => step === 'QUALITY_GOOD')).toMatchObject({ count: 1 });
});
