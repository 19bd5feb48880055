import type { DemoLog, Subscriber } from './event-file';

const POLL_SECONDS = 5;
const BATCH = 100;
const BATCHES_PER_POLL = 20;

const daemon = (
  processName: string,
  hostname: string,
  pid: number,
  types: readonly string[],
): Subscriber => ({
  id: `${hostname}:stable:${processName}`,
  processName,
  hostname,
  pid,
  types,
});

/** Daemons of the cluster that read the shared queue, under the spellings in which their events stand there. */
const DAEMONS: readonly Subscriber[] = [
  daemon('AutoPromotionDaemon', 'gpu-h100-1', 4101, [
    'EVALUATION_COMPLETED',
    'evaluation_complete',
    'regression_detected',
  ]),
  daemon('ModelDistributionDaemon', 'gpu-h100-1', 4117, [
    'MODEL_PROMOTED',
    'promotion_rolled_back',
    'PROMOTION_ROLLED_BACK',
  ]),
  daemon('FeedbackLoopController', 'gpu-h100-2', 2290, [
    'quality_score_updated',
    'TRAINING_COMPLETED',
    'training_threshold',
  ]),
];

/** Polls and acknowledges like RingRift's daemons, so that delivery through the queue can be seen. Times: epoch seconds. */
export class DemoSubscribers {
  private nextPoll = 0;

  constructor(private readonly log: DemoLog) {}

  register(now: number): void {
    for (const subscriber of DAEMONS) this.log.register(subscriber, now);
  }

  tick(now: number): void {
    if (now < this.nextPoll) return;
    this.nextPoll = now + POLL_SECONDS;
    for (const subscriber of DAEMONS) this.drain(subscriber, now);
  }

  private drain(subscriber: Subscriber, now: number): void {
    for (let batch = 0; batch < BATCHES_PER_POLL; batch++) {
      const rows = this.log.poll(subscriber, now, BATCH);
      const ids = rows.map((row) => row.rowId);
      if (ids.length > 0) this.log.acknowledge(subscriber.id, ids, now);
      if (rows.length < BATCH) return;
    }
  }
}
