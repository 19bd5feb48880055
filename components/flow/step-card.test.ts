import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { StepCard } from './step-card';

const step = {
  ...{ id: 'regression', label: 'Regression', href: '/events?type=REGRESSION_DETECTED', count: 1 },
  ...{
    ratePerHour: 1,
    last: null,
    spark: [],
    inProgress: 0,
    inProgressSince: null,
    failed: 0,
    lastFailure: null,
  },
};
const named = (count: number): string =>
  renderToStaticMarkup(createElement(StepCard, { step: { ...step, count } }));

it('names a step to those who hear it, one event as one', () => {
  expect(named(1)).toContain('aria-label="Regression: 1 event"');
  expect(named(1_200)).toContain('aria-label="Regression: 1,200 events"');
});
