import { Counter, type Registry } from 'prom-client';
import type { Producers } from './producers';

/** What publishers notice and the router does not see. */
export function addProducerMetrics(registry: Registry, producers: Pick<Producers, 'refused'>): void {
  new Counter({
    name: 'ringside_events_over_share_total',
    help: 'Events refused because their caller was above its share',
    registers: [registry],
    collect() {
      this.reset();
      this.inc(producers.refused);
    },
  });
}
