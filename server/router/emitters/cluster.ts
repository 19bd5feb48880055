import type { JsonObject } from '../../../domain/json';
import type { PublishResult } from '../types';
import type { EmitOptions, Publisher } from './emit';
import { emitData } from './emit';

export interface HostOnline {
  readonly nodeId: string;
  /** E.g. `gh200`, `cpu`, `runpod`. */
  readonly hostType?: string;
  readonly capabilities?: JsonObject;
}

/** HOST_ONLINE: a node has joined. `host_id` repeats the node for older readers. */
export function emitHostOnline(
  publisher: Publisher,
  params: HostOnline,
  options?: EmitOptions,
): Promise<PublishResult> {
  const { nodeId, hostType = '', capabilities = {} } = params;
  const fields = { node_id: nodeId, host_id: nodeId, host_type: hostType, capabilities };
  return emitData(publisher, 'HOST_ONLINE', fields, options);
}

export interface HostOffline {
  readonly nodeId: string;
  readonly reason?: string;
}

/** HOST_OFFLINE: a node cannot be reached any more. */
export function emitHostOffline(
  publisher: Publisher,
  params: HostOffline,
  options?: EmitOptions,
): Promise<PublishResult> {
  const { nodeId, reason = '' } = params;
  return emitData(publisher, 'HOST_OFFLINE', { node_id: nodeId, host_id: nodeId, reason }, options);
}

export interface NodeRecovered {
  readonly nodeId: string;
  /** `automatic` (the default) or `manual`. */
  readonly recoveryType?: string;
  readonly offlineDurationSeconds?: number;
}

/** NODE_RECOVERED: a node that was offline or unhealthy works again. */
export function emitNodeRecovered(
  publisher: Publisher,
  params: NodeRecovered,
  options?: EmitOptions,
): Promise<PublishResult> {
  const { nodeId, recoveryType = 'automatic', offlineDurationSeconds = 0 } = params;
  const fields = {
    node_id: nodeId,
    host_id: nodeId,
    recovery_type: recoveryType,
    offline_duration_seconds: offlineDurationSeconds,
  };
  return emitData(publisher, 'NODE_RECOVERED', fields, options);
}

export interface BackpressureActivated {
  readonly nodeId: string;
  /** `low`, `medium`, `high` or `critical`. */
  readonly level: string;
  readonly reason: string;
  /** E.g. `gpu`, `memory`, `disk`. */
  readonly resourceType?: string;
  readonly utilization?: number;
}

/** BACKPRESSURE_ACTIVATED: a node asks for less work. */
export function emitBackpressureActivated(
  publisher: Publisher,
  params: BackpressureActivated,
  options?: EmitOptions,
): Promise<PublishResult> {
  const { nodeId, level, reason, resourceType = '', utilization = 0 } = params;
  const fields = { node_id: nodeId, level, reason, resource_type: resourceType, utilization };
  return emitData(publisher, 'BACKPRESSURE_ACTIVATED', fields, options);
}

export interface BackpressureReleased {
  readonly nodeId: string;
  readonly previousLevel?: string;
  readonly durationSeconds?: number;
}

/** BACKPRESSURE_RELEASED: the node takes work again. */
export function emitBackpressureReleased(
  publisher: Publisher,
  params: BackpressureReleased,
  options?: EmitOptions,
): Promise<PublishResult> {
  const { nodeId, previousLevel = '', durationSeconds = 0 } = params;
  const fields = { node_id: nodeId, previous_level: previousLevel, duration_seconds: durationSeconds };
  return emitData(publisher, 'BACKPRESSURE_RELEASED', fields, options);
}

export interface CoordinatorHeartbeat {
  readonly coordinatorName: string;
  /** 0 to 1; default 1. */
  readonly healthScore?: number;
  readonly activeHandlers?: number;
  readonly eventsProcessed?: number;
}

/** COORDINATOR_HEARTBEAT: a coordinator lives. */
export function emitCoordinatorHeartbeat(
  publisher: Publisher,
  params: CoordinatorHeartbeat,
  options?: EmitOptions,
): Promise<PublishResult> {
  const fields = {
    coordinator_name: params.coordinatorName,
    health_score: params.healthScore ?? 1,
    active_handlers: params.activeHandlers ?? 0,
    events_processed: params.eventsProcessed ?? 0,
  };
  return emitData(publisher, 'COORDINATOR_HEARTBEAT', fields, options);
}

export interface CoordinatorHealthDegraded {
  readonly coordinatorName: string;
  readonly reason: string;
  /** 0 to 1; default 0. */
  readonly healthScore?: number;
  readonly issues?: readonly string[];
}

/** COORDINATOR_HEALTH_DEGRADED: a coordinator works, but not well. */
export function emitCoordinatorHealthDegraded(
  publisher: Publisher,
  params: CoordinatorHealthDegraded,
  options?: EmitOptions,
): Promise<PublishResult> {
  const { coordinatorName, reason, healthScore = 0, issues = [] } = params;
  const fields = { coordinator_name: coordinatorName, reason, health_score: healthScore, issues };
  return emitData(publisher, 'COORDINATOR_HEALTH_DEGRADED', fields, options);
}

export interface CoordinatorShutdown {
  readonly coordinatorName: string;
  /** `graceful` (the default), `error` or `forced`. */
  readonly reason?: string;
  readonly remainingTasks?: number;
  readonly stateSnapshot?: JsonObject;
}

/** COORDINATOR_SHUTDOWN: a coordinator ends. */
export function emitCoordinatorShutdown(
  publisher: Publisher,
  params: CoordinatorShutdown,
  options?: EmitOptions,
): Promise<PublishResult> {
  const { coordinatorName, reason = 'graceful', remainingTasks = 0, stateSnapshot = {} } = params;
  const fields = {
    coordinator_name: coordinatorName,
    reason,
    remaining_tasks: remainingTasks,
    state_snapshot: stateSnapshot,
  };
  return emitData(publisher, 'COORDINATOR_SHUTDOWN', fields, options);
}

export interface HandlerFailed {
  readonly handlerName: string;
  /** Type of the event that it failed on. */
  readonly eventType: string;
  readonly error: string;
  readonly coordinator?: string;
}

/** HANDLER_FAILED: an event handler threw. */
export function emitHandlerFailed(
  publisher: Publisher,
  params: HandlerFailed,
  options?: EmitOptions,
): Promise<PublishResult> {
  const { handlerName, eventType, error, coordinator = '' } = params;
  const fields = { handler_name: handlerName, event_type: eventType, error, coordinator };
  return emitData(publisher, 'HANDLER_FAILED', fields, options);
}

export interface HandlerTimeout {
  readonly handlerName: string;
  readonly eventType: string;
  readonly timeoutSeconds: number;
  readonly coordinator?: string;
}

/** HANDLER_TIMEOUT: an event handler took too long. */
export function emitHandlerTimeout(
  publisher: Publisher,
  params: HandlerTimeout,
  options?: EmitOptions,
): Promise<PublishResult> {
  const { handlerName, eventType, timeoutSeconds, coordinator = '' } = params;
  const fields = {
    handler_name: handlerName,
    event_type: eventType,
    timeout_seconds: timeoutSeconds,
    coordinator,
  };
  return emitData(publisher, 'HANDLER_TIMEOUT', fields, options);
}

export interface TaskAbandoned {
  readonly taskId: string;
  readonly taskType: string;
  readonly nodeId: string;
  readonly reason: string;
}

/** TASK_ABANDONED: a task was given up on purpose. */
export function emitTaskAbandoned(
  publisher: Publisher,
  params: TaskAbandoned,
  options?: EmitOptions,
): Promise<PublishResult> {
  const { taskId, taskType, nodeId, reason } = params;
  const fields = { task_id: taskId, task_type: taskType, node_id: nodeId, reason };
  return emitData(publisher, 'TASK_ABANDONED', fields, options);
}

export interface TaskOrphaned extends TaskAbandoned {
  /** Epoch seconds. */
  readonly lastHeartbeat: number;
}

/** TASK_ORPHANED: a task has lost the worker that ran it. */
export function emitTaskOrphaned(
  publisher: Publisher,
  params: TaskOrphaned,
  options?: EmitOptions,
): Promise<PublishResult> {
  const { taskId, taskType, nodeId, lastHeartbeat, reason } = params;
  const fields = {
    task_id: taskId,
    task_type: taskType,
    node_id: nodeId,
    last_heartbeat: lastHeartbeat,
    reason,
  };
  return emitData(publisher, 'TASK_ORPHANED', fields, options);
}
