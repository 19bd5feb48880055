import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../json';
import { categoryOf, severityOf } from './classify';
import type { Severity } from '../envelope';

describe('categoryOf', () => {
  it('is the catalogue’s, or uncatalogued', () => {
    expect(categoryOf('ELO_UPDATED')).toBe('evaluation');
    expect(categoryOf('NPZ_EXPORT_COMPLETE')).toBe('export');
    expect(categoryOf('SOMETHING_NEW')).toBe('uncatalogued');
    expect(categoryOf('__proto__')).toBe('uncatalogued');
  });
});

describe('severityOf', () => {
  it.each<[string, JsonObject, Severity]>([
    ['WORK_QUEUED', {}, 'debug'],
    ['TRAINING_FAILED', { success: false }, 'error'],
    ['SELFPLAY_COMPLETE', { success: true }, 'info'],
    ['SELFPLAY_COMPLETE', { success: false, error: 'CUDA error' }, 'error'],
    ['RECOVERY_FAILED', { success: false }, 'critical'],
    ['REGRESSION_DETECTED', { severity: 'minor' }, 'warning'],
    ['REGRESSION_DETECTED', { severity: 'CRITICAL' }, 'critical'],
    ['REGRESSION_DETECTED', { severity: 'whatever' }, 'error'],
    ['REGRESSION_DETECTED', { severity: { of: 'x' } }, 'error'],
    ['HEALTH_ALERT', { severity: 'info' }, 'info'],
    ['BACKPRESSURE_ACTIVATED', { level: 'high' }, 'warning'],
    ['BACKPRESSURE_ACTIVATED', { level: 'critical' }, 'critical'],
    ['COORDINATOR_SHUTDOWN', { reason: 'graceful' }, 'info'],
    ['COORDINATOR_SHUTDOWN', { reason: 'forced' }, 'error'],
    ['P2P_CLUSTER_HEALTHY', { quorum: false }, 'error'],
    ['SOMETHING_FAILED', {}, 'error'],
    ['SOMETHING_LOST', {}, 'warning'],
    ['SOMETHING_ELSE', {}, 'info'],
    ['SOMETHING_ELSE', { severity: 'critical' }, 'critical'],
  ])('%s %j is %s', (eventType, payload, severity) => {
    expect(severityOf(eventType, payload)).toBe(severity);
  });
});
