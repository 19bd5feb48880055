import { isPressing } from '@/domain/projections/nodes/pressure';
import { formatCount, formatDuration, formatPercent } from '../../ui/format';
import type { Tone } from '../../ui/signs/tone';
import type { FleetNode } from '../fleet/fleet';
import { eventHref, nodeEventsHref } from '../href';
import { FLAPPING } from '../status';

const CRITICAL = 'critical';

/** One thing that is wrong: with which node, since when, and the event or events that say so. */
export interface WrongItem {
  readonly node: string | null;
  readonly text: string;
  /** Epoch seconds; null where it is not one moment. */
  readonly since: number | null;
  readonly href: string;
}

export interface WrongGroup {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly tone: Tone;
  readonly items: readonly WrongItem[];
}

/** One way in which a single node can be wrong. */
export type WrongKind = Omit<WrongGroup, 'items'> & { readonly of: (node: FleetNode) => WrongItem | null };

/** Since when the node has its status, and the event that began it. */
export const began = ({ live }: FleetNode): Pick<WrongItem, 'since' | 'href'> => ({
  since: live.status_since,
  href: live.status_seq === null ? nodeEventsHref(live.node) : eventHref(live.status_seq),
});

/** Gravest first. */
export const WRONG_KINDS: readonly WrongKind[] = [
  {
    id: 'contradiction',
    title: 'Contradict themselves',
    hint: 'declared offline, yet they pass health checks; one of the two is wrong',
    tone: 'bad',
    of: ({ node, live: { contradiction } }) =>
      contradiction === null
        ? null
        : {
            node,
            text: 'passed a health check after it was declared offline',
            since: contradiction.at,
            href: eventHref(contradiction.seq),
          },
  },
  {
    id: 'offline',
    title: 'Offline',
    hint: 'the cluster declared them gone',
    tone: 'bad',
    of: (each) =>
      each.live.status !== 'offline' || each.live.contradiction !== null
        ? null
        : { node: each.node, text: each.live.offline_reason ?? 'declared offline', ...began(each) },
  },
  {
    id: 'critical',
    title: 'Under critical pressure',
    hint: 'they take no more work until it is released',
    tone: 'bad',
    of: (each) => (each.live.link === 'online' && each.live.backpressure === CRITICAL ? pressed(each) : null),
  },
  {
    id: 'silent',
    title: 'Stale',
    hint: 'declared online, but no event for more than 15 minutes',
    tone: 'warn',
    of: ({ node, live }) =>
      live.status !== 'stale'
        ? null
        : { node, text: 'last heard of', since: live.last_seen, href: nodeEventsHref(node) },
  },
  {
    id: 'idle',
    title: 'Up, but do nothing',
    hint: 'well and counted on, yet nothing ends on them, as it did before and does on the others of their kind',
    tone: 'warn',
    of: ({ node, slow }) =>
      slow?.idle == null
        ? null
        : {
            node,
            text: `no game, work or sync ended; on half of its kind ${formatCount(slow.idle.others)} or more in ${formatDuration(slow.idle.seconds)}`,
            since: slow.idle.since,
            href: nodeEventsHref(node),
          },
  },
  {
    id: 'unhealthy',
    title: 'Unhealthy',
    hint: 'a check failed, or they said so; over when one passes with a score of 50 % or more',
    tone: 'warn',
    of: (each) =>
      !each.live.conditions.includes('unhealthy') || each.live.status === 'stale'
        ? null
        : { node: each.node, text: sayHealth(each), ...began(each) },
  },
  {
    id: 'flapping',
    title: 'Flapping',
    hint: `${FLAPPING} or more changes of state within an hour: going, coming back, falling ill, getting well`,
    tone: 'warn',
    of: ({ node, slow }) =>
      slow === undefined || slow.transitions < FLAPPING
        ? null
        : {
            node,
            text: `${slow.transitions} changes within the last hour`,
            since: null,
            href: nodeEventsHref(node, FLAP_TYPES),
          },
  },
  {
    id: 'pressure',
    title: 'Under pressure',
    hint: 'overloaded, or backpressure high',
    tone: 'info',
    of: (each) => {
      const { backpressure, conditions, link, status_since: since } = each.live;
      if (link !== 'online' || backpressure === CRITICAL) return null;
      if (conditions.includes('overloaded'))
        return { node: each.node, text: sayLoad(each), ...began(each), since };
      return isPressing(backpressure) ? pressed(each) : null;
    },
  },
];

const pressed = ({ node, live }: FleetNode): WrongItem => ({
  node,
  text: `backpressure ${live.backpressure ?? ''}`,
  since: null,
  href: nodeEventsHref(node, ['BACKPRESSURE_ACTIVATED', 'BACKPRESSURE_RELEASED']),
});

const FLAP_TYPES = [
  'HOST_ONLINE',
  'HOST_OFFLINE',
  'NODE_RECOVERED',
  'NODE_ACTIVATED',
  'NODE_TERMINATED',
  'P2P_NODE_DEAD',
  'NODE_UNHEALTHY',
  'HEALTH_CHECK_FAILED',
  'HEALTH_CHECK_PASSED',
];

/** A check that fails for want of an answer has no score: the one that is known may be of the check before. */
function sayHealth({ live }: FleetNode): string {
  const issues = live.issues.join(', ') || 'a health check failed';
  return live.health_score === null ? issues : `${issues}; last score ${formatPercent(live.health_score)}`;
}

function sayLoad({ live }: FleetNode): string {
  const parts = [
    ...(live.cpu_util === null ? [] : [`CPU ${formatPercent(live.cpu_util)}`]),
    ...(live.memory_util === null ? [] : [`memory ${formatPercent(live.memory_util)}`]),
    ...(live.backpressure === null ? [] : [`backpressure ${live.backpressure}`]),
  ];
  return ['overloaded', parts.join(', ')].filter((part) => part !== '').join(': ');
}
