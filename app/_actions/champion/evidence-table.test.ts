import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { Evidence } from '@/server/api/actions/evidence';
import { EvidenceTable } from './evidence-table';

it('breaks no name of a model where it fits into a line of its own', () => {
  const side = {
    ...{ status: null, elo: 1_650, low: 1_600, high: 1_700, win_rate: 0.6, games: 400, los: 0.9 },
    ...{ measured_against: 'hex8_2p_v31', val_loss: null, train_loss: null, data_quality: null },
    ...{ regressions: [], evaluated_at: null, evaluation: null, holders: 3 },
  };
  const evidence = {
    coming: { ...side, model_id: 'hex8_2p_v33' },
    going: { ...side, model_id: 'hex8_2p_v32' },
    data: null,
  } as unknown as Evidence;
  const drawn = renderToStaticMarkup(createElement(EvidenceTable, { evidence }));
  expect(drawn).toContain('over hex8_2p_v31');
  expect(drawn).not.toMatch(/break-all[^>]*>over hex8_2p_v31/);
});
