import { expect, it } from 'vitest';
import { describeRecording, type Recording } from '../testing/recording.test-support';
import { entityOf, tableOf } from '../testing/run';
import type { ModelDetail } from './entities';
import { reignsOf, successions } from './succession';

describeRecording('models', (recording) => {
  const models = (): Map<string, ModelDetail> =>
    tableOf(recording().fold, 'models.models') as Map<string, ModelDetail>;
  const count = (r: Recording, type: string): number =>
    Number(r.value('SELECT count(*) FROM events WHERE upper(event_type) = ?', type));

  it('has every model that anything but an invalidation is about', () => {
    const known = recording().rows<{ id: string }>(
      `SELECT DISTINCT payload ->> 'model_id' AS id FROM events WHERE payload ->> 'model_id' IS NOT NULL
         AND upper(event_type) IN ('TRAINING_COMPLETED', 'EVALUATION_STARTED', 'EVALUATION_COMPLETED', 'ELO_UPDATED', 'MODEL_PROMOTED',
           'PROMOTION_REJECTED', 'PROMOTION_ROLLED_BACK', 'PROMOTION_CANDIDATE', 'MODEL_DISTRIBUTION_COMPLETE')`,
    );
    expect([...models().keys()].sort()).toEqual(known.map(({ id }) => id).sort());
  });

  it('knows the last figures and the training job of each', () => {
    for (const row of recording().rows<Record<string, number | string>>(
      `SELECT t.payload ->> 'model_id' AS id, t.payload ->> 'job_id' AS job, t.payload ->> 'val_loss' AS val_loss, t.payload ->> 'train_loss' AS train_loss,
         e.payload ->> 'elo' AS elo, e.payload ->> 'win_rate' AS win_rate, e.payload ->> 'games_played' AS games
       FROM events t LEFT JOIN events e ON e.event_type = 'EVALUATION_COMPLETED' AND e.payload ->> 'model_id' = t.payload ->> 'model_id'
       WHERE t.event_type = 'TRAINING_COMPLETED'`,
    )) {
      const { id, ...figures } = row;
      expect(models().get(String(id))).toMatchObject(figures);
    }
  });

  it('knows on how many nodes each model is: distributed, and not named by a later invalidation', () => {
    const held = recording().rows<{ id: string; nodes: number }>(
      `SELECT d.payload ->> 'model_id' AS id, count(DISTINCT n.value) AS nodes FROM events d, json_each(d.payload, '$.nodes') n
       WHERE upper(d.event_type) = 'MODEL_DISTRIBUTION_COMPLETE' AND NOT EXISTS (
         SELECT 1 FROM events c, json_each(c.payload, '$.affected_nodes') a WHERE upper(c.event_type) = 'CACHE_INVALIDATED'
           AND c.payload ->> 'target_id' = d.payload ->> 'model_id' AND a.value = n.value AND c.created_at > d.created_at)
       GROUP BY 1`,
    );
    expect(held.length).toBeGreaterThan(100);
    for (const { id, nodes } of held) expect(models().get(id)?.holders, id).toBe(nodes);
  });

  it('gives the reasons of rejections and rollbacks', () => {
    const reasons = [...models().values()].filter(({ reason }) => reason !== null);
    expect(reasons).toHaveLength(
      count(recording(), 'PROMOTION_REJECTED') + count(recording(), 'PROMOTION_ROLLED_BACK'),
    );
    const { rows } = {
      rows: recording().rows<{ reason: string; n: number }>(
        `SELECT payload ->> 'reason' AS reason, count(*) AS n FROM events WHERE upper(event_type) IN ('PROMOTION_REJECTED', 'PROMOTION_ROLLED_BACK') GROUP BY 1`,
      ),
    };
    for (const { reason, n } of rows)
      expect(reasons.filter((model) => model.reason === reason)).toHaveLength(n);
  });

  it('follows the champions of each config through promotions and rollbacks', () => {
    const { configs } = recording().fold.states().models;
    for (const [config, { champions }] of configs) {
      const ops = recording().rows<{ type: string; model: string; target: string | null }>(
        `SELECT upper(event_type) AS type, payload ->> 'model_id' AS model, payload ->> 'rollback_to' AS target FROM events
         WHERE upper(event_type) IN ('MODEL_PROMOTED', 'PROMOTION_ROLLED_BACK') AND payload ->> 'config_key' = ? ORDER BY created_at, event_id`,
        config,
      );
      const crowned = ops.map(({ type, model, target }) => (type === 'MODEL_PROMOTED' ? model : target));
      expect(
        successions(champions).map(({ to }) => to),
        config,
      ).toEqual(crowned);
    }
  });

  it('says whom hex8_2p_v20 replaced, and that it was rolled back to the same', () => {
    const champions = recording().fold.states().models.configs.get('hex8_2p')?.champions;
    const time = (type: string) =>
      recording().value(
        `SELECT created_at FROM events WHERE upper(event_type) = ? AND payload ->> 'model_id' = 'hex8_2p_v20'`,
        type,
      );
    expect(champions && reignsOf(successions(champions), 'hex8_2p_v20')).toMatchObject([
      { since: time('MODEL_PROMOTED'), replaced: 'hex8_2p_v19', successor: 'hex8_2p_v19', rolled_back: true },
    ]);
    expect(entityOf(recording().fold, 'models.models', 'hex8_2p_v20')).toMatchObject({
      status: 'rolled_back',
    });
  });
});
