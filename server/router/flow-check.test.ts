import { expect, it } from 'vitest';
import { checkFlow } from './flow-check';

it.each([
  [1, 'Handlers failed on one event.', 'The live state failed to take one batch of events.'],
  [3, 'Handlers failed on 3 events.', 'The live state failed to take 3 batches of events.'],
])('counts %d failure in words', (count, handlers, sinks) => {
  const well = { delivered: 9, duplicates: 0, receivers: 1, dataBus: true, stageBus: true };
  const { issues } = checkFlow({
    ...well,
    queue: { attached: true, ok: true },
    sinkFailures: count,
    handlerFailures: count,
  });
  expect(issues).toEqual([sinks, handlers]);
});
