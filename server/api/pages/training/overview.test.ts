import { expect, it } from 'vitest';
import { event, T0 } from '../../../../domain/projections/testing/event';
import { folded } from '../../../../domain/projections/testing/run';
import { pageInput } from '../input';
import { trainingOverview } from './overview';

it('lists every config with a run that ended, also where no duration is known', () => {
  const job = (type: string, config_key: string, job_id: string, at: number) =>
    event(type, { config_key, job_id }, at);
  const states = folded([
    job('TRAINING_STARTED', 'hex8_2p', 'a', 0),
    job('TRAINING_COMPLETED', 'hex8_2p', 'a', 100),
    job('TRAINING_COMPLETED', 'hex8_2p', 'untold', 200),
    job('TRAINING_STARTED', 'hex8_3p', 'b', 0),
    job('TRAINING_FAILED', 'hex8_3p', 'b', 50),
    job('TRAINING_STARTED', 'square8_2p', 'c', 0),
  ]).states();
  const { durations, charts } = trainingOverview(states, pageInput.parse({}));
  expect(durations).toMatchObject([
    { config: 'hex8_2p', runs: 2, failed: 0, min: 100, p50: 100, p95: 100, max: 100, mean: 100 },
    { config: 'hex8_3p', runs: 0, failed: 1, min: null, p50: null, p95: null, max: null, mean: null },
  ]);
  expect(durations).toHaveLength(2);
  expect(charts.map(({ config }) => config)).toEqual(['hex8_2p']);
});

it('tells of anomalies and of events of no known run within the stretch alone', () => {
  const anomaly = (config_key: string, at: number) =>
    event('TRAINING_LOSS_ANOMALY', { config_key, anomaly_type: 'spike' }, at);
  const states = folded([
    event('TRAINING_STARTED', { config_key: 'hex8_2p', job_id: 'a' }, 0),
    event('TRAINING_STARTED', { config_key: 'hex8_3p', job_id: 'b' }, 0),
    anomaly('hex8_2p', 10),
    event('TRAINING_PROGRESS', { job_id: 'a', epoch: 1 }, 150),
    anomaly('hex8_3p', 20),
    anomaly('hex8_3p', 200),
    anomaly('square8_2p', 30),
    anomaly('square8_2p', 210),
  ]).states();
  const { counts, unassigned } = trainingOverview(states, pageInput.parse({ since: T0 + 100 }));
  expect(counts).toMatchObject({ runs: 2, anomalies: 1, anomalous: 1 });
  expect(unassigned).toMatchObject({ events: 1, newest: [{ timestamp: T0 + 210 }] });
  expect(trainingOverview(states, pageInput.parse({})).unassigned.events).toBe(2);
});
