import { expect, it } from 'vitest';
import type { ModelDetail } from '@/domain/projections/models';
import type { ModelLife } from '@/server/api/pages/models/life';
import { lineageCards } from './lineage-cards';

const step = (event_type: string, seq: number) =>
  ({
    event_id: `e${seq}`,
    seq,
    event_type,
    severity: 'info',
    timestamp: seq,
    node: null,
    summary: '',
    role: 'own',
  }) as const;

function decision(event_type: string, now: Pick<ModelDetail, 'status' | 'reason'>) {
  const lineage = { games: null, quality: null, export: null, training: null };
  const life = { lineage, evaluations: [], holders: [], reigns: [], steps: [step(event_type, 1)], now };
  return lineageCards(life as unknown as ModelLife).find(({ title }) => title === 'Decision');
}

it('gives a decision its own reason, not that of what became of the file', () => {
  const rejected = decision('PROMOTION_REJECTED', { status: 'rejected', reason: 'insufficient_elo_gain' });
  expect(rejected).toMatchObject({ figure: 'rejected', details: ['insufficient elo gain'] });
  const broken = decision('MODEL_PROMOTED', { status: 'corrupted', reason: 'missing' });
  expect(broken).toMatchObject({ figure: 'promoted', details: [] });
});
