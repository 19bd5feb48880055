import { defineActor, type Post, type Stage } from '../actor';
import { clamp, round } from '../random';
import type { Daemon } from '../world';

type Nothing = Record<string, never>;
type Messages = {
  beat: { daemon: string };
  trouble: Nothing;
  up: { daemon: string };
  recovered: { daemon: string };
  handler: Nothing;
  metrics: Nothing;
};
type Send = Post<Messages>;

const MANAGER = 'DaemonManager';
/** Daemons that report a heartbeat of their own. */
export const COORDINATORS = [
  'SelfplayScheduler',
  'AutoSyncDaemon',
  'FeedbackLoopController',
  'AutoPromotionDaemon',
] as const;
const OTHERS = [
  'QualityMonitorDaemon',
  'OrphanDetectionDaemon',
  'IdleResourceDaemon',
  'ModelDistributionDaemon',
] as const;
const STUMBLES: readonly (readonly [handler: string, type: string, coordinator: string])[] = [
  ['_on_selfplay_complete', 'selfplay_complete', 'FeedbackLoopController'],
  ['_on_new_games', 'new_games', 'SelfplayScheduler'],
  ['_on_evaluation_completed', 'evaluation_completed', 'AutoPromotionDaemon'],
];

/** The control plane: daemons start, report, falter, stop and come back; event handlers stumble. */
export const daemons = defineActor<Messages>({
  name: 'daemons',
  start(stage, post) {
    for (const name of [...COORDINATORS, ...OTHERS]) startUp(stage, name);
    stage.emit(
      'SCHEDULER_REGISTERED',
      { scheduler_name: 'SelfplayScheduler', config: {}, timestamp: stage.iso() },
      { by: 'SelfplayScheduler' },
    );
    for (const daemon of COORDINATORS) post(stage.gap(150), 'beat', { daemon });
    post(stage.wait(3600), 'trouble', {});
    post(stage.wait(1500), 'handler', {});
    post(stage.gap(1800), 'metrics', {});
  },
  on: {
    beat(stage, { daemon: name }, post) {
      const daemon = stage.world.daemons.get(name);
      if (daemon?.running) heartbeat(stage, name, daemon);
      post(stage.gap(300), 'beat', { daemon: name });
    },
    trouble(stage, _, post) {
      trouble(stage, post);
      post(stage.wait(4200), 'trouble', {});
    },
    up: (stage, { daemon }, post) => comeBack(stage, daemon, post),
    recovered: (stage, { daemon }) => recovered(stage, daemon),
    handler(stage, _, post) {
      stumble(stage);
      post(stage.wait(1500), 'handler', {});
    },
    metrics(stage, _, post) {
      const trainings = stage.world.trainings.size;
      const metrics = {
        active_trainings: trainings,
        active_selfplay: stage.world.batches.size,
        queued_work: stage.world.work.size,
      };
      stage.emit(
        'METRICS_UPDATED',
        { metrics, timestamp: stage.iso() },
        { by: 'MetricsAnalysisOrchestrator' },
      );
      post(stage.gap(1800), 'metrics', {});
    },
  },
});

function startUp(stage: Stage, name: string): void {
  stage.world.daemons.set(name, { running: true, degraded: false, health: 0.94, handled: 0 });
  stage.emit('DAEMON_STARTED', { daemon_type: name, config: {} }, { by: MANAGER });
}

function heartbeat(stage: Stage, name: string, daemon: Daemon): void {
  const { rng } = stage;
  daemon.handled += rng.int(40, 260);
  daemon.health = round(clamp(daemon.degraded ? rng.between(0.4, 0.65) : rng.between(0.88, 0.99), 0, 1), 3);
  const payload = {
    coordinator_name: name,
    health_score: daemon.health,
    active_handlers: rng.int(6, 14),
    events_processed: daemon.handled,
    timestamp: stage.iso(),
  };
  stage.emit('COORDINATOR_HEARTBEAT', payload, { by: name });
}

function trouble(stage: Stage, post: Send): void {
  const { rng, world } = stage;
  const name = rng.pick(COORDINATORS);
  const daemon = world.daemons.get(name);
  if (!daemon?.running || daemon.degraded) return;
  if (rng.chance(0.5)) degrade(stage, name, daemon, post);
  else shutDown(stage, name, daemon, post);
}

function degrade(stage: Stage, name: string, daemon: Daemon, post: Send): void {
  const { rng } = stage;
  daemon.degraded = true;
  daemon.health = round(rng.between(0.4, 0.65), 3);
  const reason = rng.pick(['slow handlers', 'event backlog', 'database is slow']);
  const payload = {
    coordinator_name: name,
    reason,
    health_score: daemon.health,
    issues: [reason],
    timestamp: stage.iso(),
  };
  stage.emit('COORDINATOR_HEALTH_DEGRADED', payload, { by: name });
  if (rng.chance(0.4)) {
    stage.emit(
      'COORDINATOR_UNHEALTHY',
      { coordinator_name: name, reason, health_score: daemon.health, timestamp: stage.iso() },
      { by: 'DaemonWatchdog' },
    );
  }
  post(rng.between(300, 1500), 'recovered', { daemon: name });
}

function recovered(stage: Stage, name: string): void {
  const daemon = stage.world.daemons.get(name);
  if (!daemon?.degraded) return;
  daemon.degraded = false;
  daemon.health = 0.93;
  stage.emit(
    'COORDINATOR_HEALTHY',
    { coordinator_name: name, health_score: daemon.health, timestamp: stage.iso() },
    { by: 'DaemonWatchdog' },
  );
}

function shutDown(stage: Stage, name: string, daemon: Daemon, post: Send): void {
  const { rng } = stage;
  const reason = rng.pick(['graceful', 'graceful', 'error', 'forced']);
  daemon.running = false;
  const payload = {
    coordinator_name: name,
    reason,
    remaining_tasks: rng.int(0, 6),
    state_snapshot: { events_processed: daemon.handled },
    timestamp: stage.iso(),
  };
  stage.emit('COORDINATOR_SHUTDOWN', payload, { by: name });
  statusChanged(stage, name, 'running', 'stopped');
  stage.emit('DAEMON_STOPPED', { daemon_type: name, reason, timestamp: stage.iso() }, { by: MANAGER });
  if (reason === 'error') {
    const error = {
      error: `${name} ended on an unhandled exception`,
      component: name,
      severity: 'error',
      timestamp: stage.iso(),
    };
    stage.emit('ERROR', error, { by: MANAGER });
  }
  post(rng.between(30, 180), 'up', { daemon: name });
}

function comeBack(stage: Stage, name: string, post: Send): void {
  const { rng } = stage;
  if (rng.chance(0.35)) {
    const failed = {
      coordinator_name: name,
      error: 'coordination database is locked',
      timestamp: stage.iso(),
    };
    stage.emit('COORDINATOR_INIT_FAILED', failed, { by: MANAGER });
    post(rng.between(20, 90), 'up', { daemon: name });
    return;
  }
  startUp(stage, name);
  statusChanged(stage, name, 'stopped', 'running');
}

function statusChanged(stage: Stage, name: string, before: string, after: string): void {
  const payload = { daemon_type: name, old_status: before, new_status: after, timestamp: stage.iso() };
  stage.emit('DAEMON_STATUS_CHANGED', payload, { by: MANAGER });
}

function stumble(stage: Stage): void {
  const { rng } = stage;
  const [handler, type, coordinator] = rng.pick(STUMBLES);
  const base = { handler_name: handler, event_type: type, coordinator, timestamp: stage.iso() };
  if (rng.chance(0.75))
    stage.emit(
      'HANDLER_FAILED',
      { ...base, error: rng.pick(["KeyError: 'config_key'", 'OperationalError: database is locked']) },
      { by: 'event_router' },
    );
  else stage.emit('HANDLER_TIMEOUT', { ...base, timeout_seconds: 30 }, { by: 'event_router' });
}
