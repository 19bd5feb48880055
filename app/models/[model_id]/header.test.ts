import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { LiveProvider } from '@/app/_client/live/live-provider';
import type { ServerStatus } from '@/domain/realtime/contract';
import type { ModelLife } from '@/server/api/pages/models/life';
import { ModelHeader } from './header';
import { LineagePanel } from './lineage';
import { LifeTimeline } from './timeline';

const step = (seq: number, timestamp: number) =>
  ({
    ...{ event_id: `e${seq}`, seq, event_type: 'ELO_UPDATED', severity: 'info', timestamp },
    ...{ node: null, summary: '', role: 'own' },
  }) as const;

const LIFE = {
  ...{ model_id: 'hex8_2p_v9', now: null, config: 'hex8_2p', champion: null, searchable: true, events: 2 },
  steps: [step(1, 0), step(2, 4_980)],
} as unknown as ModelLife;

it('names the model before what can be done with it, also where one stands under the other', () => {
  const status = { now: 0, clock: null } as ServerStatus;
  const children = createElement(ModelHeader, { life: LIFE });
  const drawn = renderToStaticMarkup(createElement(LiveProvider, { initial: [], status, children }));
  const text = drawn.replaceAll(/<[^>]*>/g, ' ');
  expect(text).toMatch(/Models .*hex8_2p_v9 .*2 events/);
});

it('keeps the time between two events in one line', () => {
  const drawn = renderToStaticMarkup(createElement(LifeTimeline, { life: LIFE }));
  expect(drawn).toMatch(/whitespace-nowrap[^>]*>\+1 h 23 min/);
});

it('gives the unit of a figure of the lineage a line of its own before the figure is cut', () => {
  const event = { event_id: 'e1', seq: 1, event_type: 'NPZ_EXPORT_COMPLETE', timestamp: 0 };
  const lineage = { games: null, quality: null, training: null };
  const life = {
    ...{ ...LIFE, evaluations: [], holders: [], reigns: [] },
    lineage: { ...lineage, export: { samples: 229_520, games: null, seconds: null, event } },
  } as unknown as ModelLife;
  const drawn = renderToStaticMarkup(createElement(LineagePanel, { life }));
  expect(drawn).toMatch(/flex-wrap[^>]*><span[^>]*>229,520</);
});
