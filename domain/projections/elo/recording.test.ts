import { expect, it } from 'vitest';
import { describeRecording } from '../testing/recording.test-support';
import { entityOf } from '../testing/run';

const CONFIGS = ['hex8_2p', 'hex8_3p', 'square8_2p', 'square8_3p', 'square19_2p', 'hexagonal_2p'];
const OF = "upper(event_type) = ? AND json_extract(payload, '$.config_key') = ?";

describeRecording('Elo', (recording) => {
  it.each(CONFIGS)('%s: the newest rating, the best one, and how many', (config) => {
    const elo = "json_extract(payload, '$.new_elo')";
    const newest = `SELECT ${elo} FROM events WHERE ${OF} ORDER BY created_at DESC, event_id DESC LIMIT 1`;
    expect(entityOf(recording().fold, 'elo.configs', config)).toMatchObject({
      current: recording().value(newest, 'ELO_UPDATED', config),
      best: recording().value(`SELECT max(${elo}) FROM events WHERE ${OF}`, 'ELO_UPDATED', config),
      points: recording().value(`SELECT count(*) FROM events WHERE ${OF}`, 'ELO_UPDATED', config),
      evaluations: recording().value(
        `SELECT count(*) FROM events WHERE ${OF}`,
        'EVALUATION_COMPLETED',
        config,
      ),
    });
  });

  it.each(CONFIGS)('%s: epochs trained, and games by selfplay', (config) => {
    const state = recording().fold.states().elo.configs.get(config);
    const sum = (field: string, type: string) =>
      recording().value(
        `SELECT sum(json_extract(payload, '$.${field}')) FROM events WHERE ${OF} AND ifnull(json_extract(payload, '$.success'), 1)`,
        type,
        config,
      );
    expect(state?.runs.reduce((total, { epochs }) => total + epochs, 0)).toBe(
      sum('epochs', 'TRAINING_COMPLETED'),
    );
    const games = [...(state?.games.values() ?? [])].reduce((total, count) => total + count, 0);
    expect(games).toBe(sum('games_generated', 'SELFPLAY_COMPLETE'));
  });

  it('every promotion, rejection, rollback, regression and plateau is a mark', () => {
    const marks = [...recording().fold.states().elo.configs.values()].flatMap((config) => config.marks);
    const counted = (kind: string) => marks.filter((mark) => mark.kind === kind).length;
    const rows = (type: string) =>
      recording().value('SELECT count(*) FROM events WHERE upper(event_type) = ?', type);
    expect(counted('promoted')).toBe(rows('MODEL_PROMOTED'));
    expect(counted('rejected')).toBe(rows('PROMOTION_REJECTED'));
    expect(counted('rolled_back')).toBe(rows('PROMOTION_ROLLED_BACK'));
    expect(counted('regression')).toBe(rows('REGRESSION_DETECTED'));
    expect(counted('plateau')).toBe(rows('PLATEAU_DETECTED'));
  });

  it('every reported velocity is kept', () => {
    const kept = [...recording().fold.states().elo.configs.values()].flatMap(({ velocities }) => velocities);
    const sql = "SELECT count(*) FROM events WHERE upper(event_type) = 'ELO_VELOCITY_CHANGED'";
    expect(kept).toHaveLength(Number(recording().value(sql)));
  });
});
