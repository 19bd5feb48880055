import type { RouterStats } from './stats';

/** What the check looks at. */
export interface FlowFacts {
  /** Delivered events. */
  readonly delivered: number;
  readonly duplicates: number;
  /** Handlers on the router and both buses, and sinks. */
  readonly receivers: number;
  readonly dataBus: boolean;
  readonly stageBus: boolean;
  /** Whether a connection to a log that processes share is attached; `ok` false: attached, but it does not work now. */
  readonly queue: { readonly attached: boolean; readonly ok: boolean };
  readonly sinkFailures: number;
  readonly handlerFailures: number;
}

export function factsOf(stats: RouterStats): FlowFacts {
  const { delivered, duplicates, sinkFailures, handlers, dataBus, stageBus, queues } = stats;
  return {
    ...{ delivered, duplicates, sinkFailures },
    receivers: stats.subscribers + stats.sinks + (dataBus?.subscribers ?? 0) + (stageBus?.subscribers ?? 0),
    dataBus: dataBus !== null,
    stageBus: stageBus !== null,
    queue: { attached: queues.length > 0, ok: queues.every((queue) => queue.ok) },
    handlerFailures: handlers.failed + handlers.timedOut,
  };
}

export interface FlowReport {
  readonly healthy: boolean;
  /** What is wrong, one sentence each. */
  readonly issues: readonly string[];
  /** What to do about it. */
  readonly recommendations: readonly string[];
  /** Everything that was looked at, in words that hold where it is well. */
  readonly checks: readonly { readonly says: string; readonly ok: boolean }[];
}

/** More repetitions than this of all that arrives hint at a loop between buses. */
const MAX_DUPLICATE_SHARE = 0.3;

interface Check {
  /** What holds when the check passes. */
  readonly says: string;
  readonly fails: (facts: FlowFacts) => boolean;
  readonly issue: (facts: FlowFacts) => string;
  readonly advice: string;
}

const CHECKS: readonly Check[] = [
  {
    says: 'Events have passed the router.',
    fails: (facts) => facts.delivered + facts.duplicates === 0,
    issue: () => 'No event has passed the router yet.',
    advice: "Check that producers run and that the path of the cluster's events.db is right.",
  },
  {
    says: 'Somebody takes the events.',
    fails: (facts) => facts.receivers === 0,
    issue: () => 'Nobody subscribes to any event.',
    advice: 'Subscribe handlers before producers start, or events pass unused.',
  },
  {
    says: 'Fewer than 30 % of the events are repetitions.',
    fails: (facts) => duplicateShare(facts) > MAX_DUPLICATE_SHARE,
    issue: (facts) => `${Math.round(duplicateShare(facts) * 100)} % of the events are repetitions.`,
    advice: 'Look for a producer that emits on a timer, or for two bridges that forward to each other.',
  },
  {
    says: 'The data bus is there.',
    fails: (facts) => !facts.dataBus,
    issue: () => 'The data bus is missing.',
    advice: 'Give the router a DataEventBus, or handlers on that bus hear nothing.',
  },
  {
    says: 'The stage bus is there.',
    fails: (facts) => !facts.stageBus,
    issue: () => 'The stage bus is missing.',
    advice: 'Give the router a StageEventBus, or pipeline stages do not trigger each other.',
  },
  {
    says: 'A bridge to the cross-process queue is attached.',
    fails: (facts) => !facts.queue.attached,
    issue: () => 'The cross-process queue is missing.',
    advice: 'Attach a bridge, or events of other processes do not arrive and theirs do not see ours.',
  },
  {
    says: 'The attached queue works.',
    fails: (facts) => facts.queue.attached && !facts.queue.ok,
    issue: () => 'The cross-process queue is attached but does not work at present.',
    advice: 'See the status of the bridge for the cause; events are kept and forwarded once it works again.',
  },
  {
    says: 'Live state and feeds took every batch.',
    fails: (facts) => facts.sinkFailures > 0,
    issue: (facts) =>
      `The live state failed to take ${facts.sinkFailures === 1 ? 'one batch' : `${facts.sinkFailures} batches`} of events.`,
    advice: 'See the log for the reason and restart, which rebuilds the state from history.',
  },
  {
    says: 'No handler failed.',
    fails: (facts) => facts.handlerFailures > 0,
    issue: (facts) =>
      `Handlers failed on ${facts.handlerFailures === 1 ? 'one event' : `${facts.handlerFailures} events`}.`,
    advice: 'See the dead letters for the reasons and retry them once the cause is gone.',
  },
];

/** Judges the flow of events through the router, for an operator. */
export function checkFlow(facts: FlowFacts): FlowReport {
  const failed = CHECKS.filter((check) => check.fails(facts));
  return {
    healthy: failed.length === 0,
    issues: failed.map((check) => check.issue(facts)),
    recommendations: failed.map((check) => check.advice),
    checks: CHECKS.map((check) => ({ says: check.says, ok: !failed.includes(check) })),
  };
}

function duplicateShare({ delivered, duplicates }: FlowFacts): number {
  const all = delivered + duplicates;
  return all === 0 ? 0 : duplicates / all;
}
