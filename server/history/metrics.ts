import { Counter, Gauge, type Registry } from 'prom-client';
import type { SqliteHistory } from './history';

/** What searches take of their threads. */
export function addSearchMetrics(
  registry: Registry,
  history: Pick<SqliteHistory, 'waiting' | 'left' | 'values'>,
): void {
  new Gauge({
    name: 'ringside_searches_waiting',
    help: 'Questions to history that are not answered yet',
    registers: [registry],
    collect() {
      this.set(history.waiting);
    },
  });
  new Gauge({
    name: 'ringside_value_stripes_missing',
    help: 'Stretches of 16,384 events whose payload values are not kept in columns yet; searches read these events',
    registers: [registry],
    collect() {
      this.set(history.values.missing ?? 0);
    },
  });
  new Counter({
    name: 'ringside_searches_left_total',
    help: 'Searches that were ended because their caller had left',
    registers: [registry],
    collect() {
      this.reset();
      this.inc(history.left);
    },
  });
}
