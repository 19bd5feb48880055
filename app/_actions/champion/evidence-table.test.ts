import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { Evidence } from '@/server/api/actions/evidence';
import { EvidenceTable } from './evidence-table';

function evidenceDrawn(): string {
  const side = {
    ...{ status: null, elo: 1_650, low: 1_600, high: 1_700, win_rate: 0.5673, games: 400, los: 0.9999 },
    ...{ measured_against: 'hex8_2p_v31', val_loss: null, train_loss: null, data_quality: 0.598 },
    ...{ regressions: [], evaluated_at: null, evaluation: null, holders: 3 },
  };
  const evidence = {
    coming: { ...side, model_id: 'hex8_2p_v33' },
    going: { ...side, model_id: 'hex8_2p_v32' },
    data: null,
  } as unknown as Evidence;
  return renderToStaticMarkup(createElement(EvidenceTable, { evidence }));
}

it('breaks no name of a model where it fits into a line of its own', () => {
  const drawn = evidenceDrawn();
  expect(drawn).toContain('over hex8_2p_v31');
  expect(drawn).not.toMatch(/break-all[^>]*>over hex8_2p_v31/);
});

it('has figures as the pages of models, Elo and quality have them', () => {
  const drawn = evidenceDrawn();
  for (const figure of ['1650.0', '1600 to 1700', '56.7 %', '&gt; 99.9 %', '0.598'])
    expect(drawn).toContain(figure);
});
