import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

import { CATALOGUE } from '../../../domain/events';
import * as emitters from '.';
import { FakeHistory } from '../fake-history.test-support';
import { UnifiedEventRouter } from '../router';
import type { PublishResult } from '../types';

const CLOCK = 1_766_700_000;
const TIMESTAMP = '2025-12-25T22:00:00.000Z';

type Named = (publisher: emitters.Publisher) => Promise<PublishResult>;

const board = { boardType: 'hex8', numPlayers: 2 };
const task = { taskId: 't', taskType: 'selfplay', nodeId: 'n', reason: 'r' };

/** Each emit function with parameters, and the type and drift that are to be expected of its event. */
const CALLS: Record<string, [run: Named, eventType: string, unexpected?: string[]]> = {
  emitNewGames: [
    (p) => emitters.emitNewGames(p, { host: 'h', newGames: 1, totalGames: 2 }),
    'NEW_GAMES_AVAILABLE',
  ],
  emitSyncCompleted: [
    (p) => emitters.emitSyncCompleted(p, { syncType: 'data', itemsSynced: 3 }),
    'DATA_SYNC_COMPLETED',
  ],
  emitSyncComplete: [
    (p) => emitters.emitSyncComplete(p, { syncType: 'data', itemsSynced: 3 }),
    'DATA_SYNC_COMPLETED',
  ],
  emitTrainingTriggered: [
    (p) =>
      emitters.emitTrainingTriggered(p, {
        config: 'hex8_2p',
        jobId: 'j',
        triggerReason: 'manual',
        games: 1,
        threshold: 1,
      }),
    'TRAINING_THRESHOLD_REACHED',
  ],
  emitTrainingStarted: [(p) => emitters.emitTrainingStarted(p, { jobId: 'j', ...board }), 'TRAINING_STARTED'],
  emitTrainingComplete: [
    (p) =>
      emitters.emitTrainingComplete(p, {
        jobId: 'j',
        ...board,
        finalLoss: 0.1,
        trainLoss: 0.2,
        modelId: 'hex8_2p_v1',
        modelPath: 'm.pth',
        epochsCompleted: 20,
      }),
    'TRAINING_COMPLETED',
    ['job_id'],
  ],
  emitTrainingFailed: [
    (p) => emitters.emitTrainingFailed(p, { configKey: 'hex8_2p', error: 'e' }),
    'TRAINING_FAILED',
  ],
  emitEvaluationComplete: [
    (p) =>
      emitters.emitEvaluationComplete(p, { modelId: 'm', ...board, winRate: 0.7, elo: 1500.5, eloDelta: 3 }),
    'EVALUATION_COMPLETED',
  ],
  emitModelPromoted: [
    (p) =>
      emitters.emitModelPromoted(p, { modelId: 'm', elo: 1500.5, eloImprovement: 3, modelPath: 'm.pth' }),
    'MODEL_PROMOTED',
  ],
  emitCurriculumRebalanced: [
    (p) =>
      emitters.emitCurriculumRebalanced(p, {
        config: 'hex8_2p',
        oldWeights: { a: 1 },
        newWeights: { a: 2 },
        reason: 'r',
      }),
    'CURRICULUM_REBALANCED',
  ],
  emitSelfplayComplete: [
    (p) =>
      emitters.emitSelfplayComplete(p, {
        taskId: 't',
        ...board,
        gamesGenerated: 9,
        selfplayType: 'gpu_accelerated',
      }),
    'SELFPLAY_COMPLETE',
  ],
  emitOptimizationTriggered: [
    (p) => emitters.emitOptimizationTriggered(p, { optimizationType: 'cmaes', runId: 'r', reason: 'x' }),
    'CMAES_TRIGGERED',
  ],
  emitPlateauDetected: [
    (p) =>
      emitters.emitPlateauDetected(p, {
        metricName: 'm',
        currentValue: 1,
        bestValue: 2,
        epochsSinceImprovement: 3,
      }),
    'PLATEAU_DETECTED',
  ],
  emitHyperparameterUpdated: [
    (p) =>
      emitters.emitHyperparameterUpdated(p, {
        config: 'hex8_2p',
        paramName: 'lr',
        oldValue: 1,
        newValue: null,
      }),
    'HYPERPARAMETER_UPDATED',
  ],
  emitQualityUpdated: [
    (p) => emitters.emitQualityUpdated(p, { ...board, avgQuality: 0.5, totalGames: 2, highQualityGames: 1 }),
    'QUALITY_SCORE_UPDATED',
  ],
  emitGameQualityScore: [
    (p) =>
      emitters.emitGameQualityScore(p, {
        gameId: 'g',
        qualityScore: 1,
        qualityCategory: 'good',
        trainingWeight: 1,
      }),
    'QUALITY_SCORE_UPDATED',
  ],
  emitCacheInvalidated: [
    (p) => emitters.emitCacheInvalidated(p, { invalidationType: 'model', targetId: 'm', count: 1 }),
    'CACHE_INVALIDATED',
  ],
  emitRegressionDetected: [
    (p) => emitters.emitRegressionDetected(p, { metricName: 'elo', currentValue: 1500, previousValue: 1540 }),
    'REGRESSION_DETECTED',
  ],
  emitHostOnline: [(p) => emitters.emitHostOnline(p, { nodeId: 'n' }), 'HOST_ONLINE'],
  emitHostOffline: [(p) => emitters.emitHostOffline(p, { nodeId: 'n' }), 'HOST_OFFLINE'],
  emitNodeRecovered: [(p) => emitters.emitNodeRecovered(p, { nodeId: 'n' }), 'NODE_RECOVERED'],
  emitTaskOrphaned: [(p) => emitters.emitTaskOrphaned(p, { ...task, lastHeartbeat: 5 }), 'TASK_ORPHANED'],
  emitTaskAbandoned: [(p) => emitters.emitTaskAbandoned(p, task), 'TASK_ABANDONED'],
  emitBackpressureActivated: [
    (p) => emitters.emitBackpressureActivated(p, { nodeId: 'n', level: 'high', reason: 'r' }),
    'BACKPRESSURE_ACTIVATED',
  ],
  emitBackpressureReleased: [
    (p) => emitters.emitBackpressureReleased(p, { nodeId: 'n' }),
    'BACKPRESSURE_RELEASED',
  ],
  emitTrainingRollbackNeeded: [
    (p) => emitters.emitTrainingRollbackNeeded(p, { modelId: 'm', reason: 'r' }),
    'TRAINING_ROLLBACK_NEEDED',
  ],
  emitTrainingRollbackCompleted: [
    (p) =>
      emitters.emitTrainingRollbackCompleted(p, {
        modelId: 'm',
        checkpointPath: 'c',
        rollbackFrom: 'f',
        reason: 'r',
      }),
    'TRAINING_ROLLBACK_COMPLETED',
  ],
  emitModelCorrupted: [
    (p) => emitters.emitModelCorrupted(p, { modelId: 'm', modelPath: 'p', corruptionType: 'checksum' }),
    'MODEL_CORRUPTED',
  ],
  emitCoordinatorHealthDegraded: [
    (p) => emitters.emitCoordinatorHealthDegraded(p, { coordinatorName: 'c', reason: 'r' }),
    'COORDINATOR_HEALTH_DEGRADED',
  ],
  emitCoordinatorShutdown: [
    (p) => emitters.emitCoordinatorShutdown(p, { coordinatorName: 'c' }),
    'COORDINATOR_SHUTDOWN',
  ],
  emitCoordinatorHeartbeat: [
    (p) => emitters.emitCoordinatorHeartbeat(p, { coordinatorName: 'c' }),
    'COORDINATOR_HEARTBEAT',
  ],
  emitHandlerFailed: [
    (p) => emitters.emitHandlerFailed(p, { handlerName: 'h', eventType: 'X', error: 'e' }),
    'HANDLER_FAILED',
  ],
  emitHandlerTimeout: [
    (p) => emitters.emitHandlerTimeout(p, { handlerName: 'h', eventType: 'X', timeoutSeconds: 30 }),
    'HANDLER_TIMEOUT',
  ],
  emitNpzExportComplete: [
    (p) =>
      emitters.emitNpzExportComplete(p, {
        ...board,
        samplesExported: 5,
        gamesExported: 2,
        outputPath: 'o.npz',
      }),
    'NPZ_EXPORT_COMPLETE',
  ],
  // Published under the stage's name, it is a MODEL_PROMOTED, which is documented with other fields.
  emitPromotionComplete: [
    (p) =>
      emitters.emitPromotionComplete(p, { modelId: 'm', ...board, eloImprovement: 3, modelPath: 'm.pth' }),
    'MODEL_PROMOTED',
    ['tier', 'elo', 'board_type', 'num_players', 'success', 'iteration'],
  ],
};

const camelCase = (python: string): string =>
  python.replace(/\(.*$/, '').replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();

function setup(): { router: UnifiedEventRouter; history: FakeHistory } {
  const history = new FakeHistory();
  return { history, router: new UnifiedEventRouter({ history, clock: () => CLOCK }) };
}

describe('emit functions', () => {
  it('there is one for each that the catalogue names, and no other', () => {
    const named = CATALOGUE.flatMap((definition) => definition.emit.map(camelCase));
    const ours = Object.keys(emitters).filter((name) => name !== 'emit');
    expect(sorted(ours)).toEqual(sorted(named));
    expect(ours).toHaveLength(35);
    expect(sorted(Object.keys(CALLS))).toEqual(sorted(ours));
  });

  const reference = path.resolve('../shared/reference/event-types.json');
  it.runIf(existsSync(reference))('the reference names the same', () => {
    const types = JSON.parse(readFileSync(reference, 'utf8')) as { emit?: string[] }[];
    expect(sorted(Object.keys(CALLS))).toEqual(
      sorted(types.flatMap((type) => type.emit ?? []).map(camelCase)),
    );
  });

  it.each(Object.entries(CALLS))(
    '%s publishes the documented payload',
    async (_, [run, eventType, differences = []]) => {
      const { router, history } = setup();
      expect(await run(router)).toMatchObject({ status: 'stored' });
      const [event] = history.events;
      expect(event).toMatchObject({ eventType, source: 'event_emitters', timestamp: CLOCK });
      expect(event?.payload['timestamp']).toBe(TIMESTAMP);
      expect(event?.drift.map((finding) => finding.path).sort()).toEqual([...differences].sort());
    },
  );

  it('follow their parameters', async () => {
    const { router, history } = setup();
    await emitters.emitTrainingComplete(router, { jobId: 'j', ...board, success: false, error: 'OOM' });
    await emitters.emitOptimizationTriggered(router, { optimizationType: 'nas', runId: 'r', reason: 'x' });
    await emitters.emitSelfplayComplete(router, {
      taskId: 't',
      ...board,
      gamesGenerated: 0,
      success: false,
      error: 'crash',
    });
    await emitters.emitRegressionDetected(router, {
      metricName: 'elo',
      currentValue: 1500,
      previousValue: 1540,
    });
    expect(history.events.map((event) => event.eventType)).toEqual([
      'TRAINING_FAILED',
      'NAS_TRIGGERED',
      'SELFPLAY_COMPLETE',
      'REGRESSION_DETECTED',
    ]);
    expect(history.events[0]?.payload).toMatchObject({
      config_key: 'hex8_2p',
      job_id: 'j',
      success: false,
      error: 'OOM',
    });
    expect(history.events[2]?.payload).toMatchObject({ success: false, error: 'crash' });
    expect(history.events[3]?.payload).toMatchObject({ regression_amount: 40, severity: 'minor' });
  });

  it('carry envelope options and further fields', async () => {
    const { router, history } = setup();
    const options = { source: 'me', timestamp: CLOCK - 60, correlationId: 'c', extra: { rack: 7 } };
    await emitters.emitHostOffline(router, { nodeId: 'n' }, options);
    expect(history.events[0]).toMatchObject({ source: 'me', timestamp: CLOCK - 60, correlationId: 'c' });
    expect(history.events[0]?.payload).toMatchObject({ rack: 7, timestamp: '2025-12-25T21:59:00.000Z' });
  });

  it('those of stages reach the stage bus', async () => {
    const { router } = setup();
    const stages: string[] = [];
    router.stageBus?.subscribe('*', (result) => void stages.push(result.event));
    await emitters.emitTrainingStarted(router, { jobId: 'j', ...board });
    await emitters.emitPromotionComplete(router, { modelId: 'm', ...board });
    await emitters.emitSelfplayComplete(router, {
      taskId: 't',
      ...board,
      gamesGenerated: 1,
      selfplayType: 'canonical',
    });
    expect(stages).toEqual(['training_started', 'promotion_complete', 'canonical_selfplay_complete']);
    expect(router.history().map((event) => event.origin)).toEqual(['stage_bus', 'stage_bus', 'stage_bus']);
  });
});

describe('emit', () => {
  it('publishes any catalogued type with its payload', async () => {
    const { router, history } = setup();
    const payload = { config_key: 'hex8_2p', old_rate: 1, new_rate: 1.5, change_pct: 50 };
    await emitters.emit(router, 'SELFPLAY_RATE_CHANGED', payload, { source: 'scheduler' });
    expect(history.events[0]).toMatchObject({
      eventType: 'SELFPLAY_RATE_CHANGED',
      source: 'scheduler',
      payload,
      drift: [],
    });
  });
});
