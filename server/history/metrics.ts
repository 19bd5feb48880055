import { Counter, Gauge, type Registry } from 'prom-client';
import type { SqliteHistory } from './history';

/** What searches take of their threads. */
export function addSearchMetrics(registry: Registry, history: Pick<SqliteHistory, 'waiting' | 'left'>): void {
  new Gauge({
    name: 'ringside_searches_waiting',
    help: 'Questions to history that are not answered yet',
    registers: [registry],
    collect() {
      this.set(history.waiting);
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
