import { describe, expect, it } from 'vitest';
import type { NodeDetail } from '@/domain/projections';
import type { ClusterEntity } from '@/domain/realtime/entities';
import type { Comparison, FleetRow } from '@/server/api/pages/nodes';
import { formatAvailability, sayKnown } from './availability';
import { sayShares } from './timeline/bands';
import { FLEET_COLUMNS } from './fleet/fleet-columns';
import { figuresOf, joinFleet, loadOf, matchesFilter, troubleFirst } from './fleet/fleet';
import { orderBy } from './fleet/fleet-order';
import { lookOf } from './grid/grid-look';
import { nodeEventsHref, nodeHref, nodeOfPath } from './href';
import { formatP, formatShare, sayComparison } from './results/results';
import { whatIsWrong } from './wrong/wrong';

const CALM: NodeDetail = {
  ...{ node: 'n1', status: 'online', status_since: 100, status_seq: 7, link: 'online', conditions: [] },
  ...{ host_type: 'gh200', gpu: 'GH200', health_score: 0.9, cpu_util: 0.5, gpu_util: 0.8, memory_util: 0.4 },
  ...{
    last_seen: 900,
    backpressure: null,
    issues: [],
    offline_reason: null,
    contradiction: null,
    games_per_hour: 100,
    work: [],
  },
};
const detail = (node: string, more: Partial<NodeDetail> = {}): NodeDetail => ({ ...CALM, node, ...more });
const slow = (node: string, transitions: number): FleetRow => ({
  ...{ node, transitions, idle: null, health: [], availability: [], champions: [], events: 1 },
});
const names = (nodes: readonly { node: string }[]) => nodes.map(({ node }) => node);

describe('links to nodes', () => {
  it.each(['gh200-a', '__proto__', 'a/b', 'ä b%2F?#', '..', '.', '-'])('lead back to %s', (name) => {
    const url = new URL(nodeHref(name), 'http://localhost');
    const segment = url.pathname.replace('/nodes/', '');
    expect(nodeOfPath(segment, url.searchParams.get('name') ?? undefined)).toBe(name);
  });

  it('are made of any text, half characters too', () => {
    expect(nodeHref('a\ud800')).toBe('/nodes/a%EF%BF%BD');
    expect(nodeHref('😀')).toBe('/nodes/%F0%9F%98%80');
    expect(nodeOfPath('%E0%A4', undefined)).toBe('%E0%A4');
    expect(nodeEventsHref('a&b', ['X'])).toBe('/events?type=X&node=a%26b');
  });
});

describe('the fleet', () => {
  const nodes = joinFleet(
    [
      detail('n10'),
      detail('n2'),
      detail('ill', { status: 'unhealthy', conditions: ['unhealthy'], host_type: 'cpu' }),
      detail('gone', { status: 'offline', link: 'offline', games_per_hour: 0 }),
    ],
    [slow('n2', 5)],
  );

  it('has those in trouble first, and counts names as people do', () => {
    expect(names(troubleFirst(nodes))).toEqual(['gone', 'ill', 'n2', 'n10']);
    expect(names(troubleFirst(joinFleet([detail('n1'), detail('n2')], [slow('n2', 5)])))).toEqual([
      'n2',
      'n1',
    ]);
  });

  it('is filtered by words, status and type together', () => {
    const matching = (filter: object) =>
      names(nodes.filter((node) => matchesFilter(node, { q: '', status: [], type: [], ...filter })));
    expect(matching({ q: 'N GH200' })).toEqual(['n10', 'n2', 'gone']);
    expect(matching({ status: ['offline', 'unhealthy'] })).toEqual(['ill', 'gone']);
    expect(matching({ type: ['cpu'], status: ['offline'] })).toEqual([]);
  });

  it('is ordered by any column, either way, unknown ones last', () => {
    expect(names(orderBy(nodes, FLEET_COLUMNS, '-games')).at(-1)).toBe('gone');
    expect(names(orderBy(nodes, FLEET_COLUMNS, 'node'))).toEqual(['gone', 'ill', 'n2', 'n10']);
    expect(names(orderBy(nodes, FLEET_COLUMNS, '-flaps'))[0]).toBe('n2');
    expect(orderBy(nodes, FLEET_COLUMNS, 'nonsense')).toBe(nodes);
  });

  it('is summed up', () => {
    expect(figuresOf(nodes)).toMatchObject({ total: 4, up: 3, impaired: 1, gamesPerHour: 300 });
    const silent = detail('silent', { status: 'stale', conditions: ['unhealthy', 'stale'] });
    expect(figuresOf(joinFleet([CALM, silent], []))).toMatchObject({
      total: 2,
      up: 1,
      stale: 1,
      impaired: 0,
    });
  });

  it('looks the way it is', () => {
    const [calm, flapping] = nodes;
    if (calm === undefined || flapping === undefined) throw new Error('two nodes are needed');
    expect(lookOf(calm, false)).toMatchObject({ load: 8, mark: '', label: 'n10, online, load 80 %' });
    expect(lookOf(flapping, false).mark).toBe('F');
    expect(lookOf(flapping, true).mark).toBe('R');
    expect(loadOf(detail('x', { cpu_util: null, gpu_util: null, memory_util: null }))).toBeNull();
  });
});

describe('what is wrong', () => {
  const cluster = (more: Partial<ClusterEntity> = {}): ClusterEntity => ({
    ...{
      leader: 'n1',
      leader_since: 1,
      term: 2,
      quorum: true,
      alive_peers: 3,
      total_peers: 3,
      updated_at: 5,
    },
    ...more,
  });
  const wrong = (nodes: NodeDetail[], more: Partial<ClusterEntity> = {}, rows: FleetRow[] = []) =>
    whatIsWrong(joinFleet(nodes, rows), cluster(more), undefined).map(({ id, items }) => [
      id,
      names(items as never),
    ]);

  it('is nothing in a calm fleet', () => {
    expect(wrong([CALM])).toEqual([]);
  });

  it('names the node that does nothing, since when, and what the others did', () => {
    const row = { ...slow('lazy', 0), idle: { since: 50, others: 27, seconds: 9_000 } };
    const nodes = joinFleet([CALM, detail('lazy')], [slow('n1', 0), row]);
    expect(whatIsWrong(nodes, cluster(), undefined)).toMatchObject([
      {
        id: 'idle',
        items: [
          {
            node: 'lazy',
            since: 50,
            text: 'no game, work or sync ended; on half of its kind 27 or more in 2 h 30 min',
          },
        ],
      },
    ]);
  });

  it('names the silent, the contradicting, the ill, the flapping and the loaded, each once under its head', () => {
    const found = wrong(
      [
        detail('silent', { status: 'stale', conditions: ['unhealthy', 'stale'] }),
        detail('liar', { status: 'offline', link: 'offline', contradiction: { seq: 9, at: 200 } }),
        detail('dead', { status: 'offline', link: 'offline' }),
        detail('ill', { status: 'unhealthy', conditions: ['unhealthy', 'overloaded'] }),
        detail('full', { backpressure: 'critical' }),
        detail('busy', { backpressure: 'high' }),
        detail('fine', { backpressure: 'low' }),
      ],
      {},
      [slow('fine', 4), slow('full', 3)],
    );
    expect(Object.fromEntries(found)).toEqual({
      contradiction: ['liar'],
      offline: ['dead'],
      silent: ['silent'],
      unhealthy: ['ill'],
      critical: ['full'],
      flapping: ['fine'],
      pressure: ['ill', 'busy'],
    });
  });

  it('does not tell the score of an earlier check as the state of an ill node', () => {
    const ill = (more: Partial<NodeDetail>) =>
      whatIsWrong(
        joinFleet([detail('n1', { conditions: ['unhealthy'], ...more })], []),
        undefined,
        undefined,
      )[0]?.items[0]?.text;
    expect(ill({ health_score: 0.95, issues: ['connect timed out'] })).toBe(
      'connect timed out; last score 95 %',
    );
    expect(ill({ health_score: null })).toBe('a health check failed');
  });

  it('names a cluster without leader or quorum, and a leader that is gone', () => {
    expect(wrong([CALM], { leader: null, quorum: false })).toEqual([['leadership', [null, null]]]);
    expect(wrong([detail('n1', { status: 'offline', link: 'offline' })])[0]).toEqual(['leadership', ['n1']]);
  });

  it('says why a node is offline, where that was said', () => {
    const gone = detail('dead', { status: 'offline', link: 'offline', offline_reason: 'ssh timeout' });
    const [group] = whatIsWrong(joinFleet([gone], []), undefined, undefined);
    expect(group?.items[0]?.text).toBe('ssh timeout');
  });

  it('leads to the event that says so', () => {
    const [group] = whatIsWrong(
      joinFleet([detail('dead', { status: 'offline', link: 'offline' })], []),
      undefined,
      undefined,
    );
    expect(group?.items[0]?.href).toBe('/events/7');
  });

  it('leads from a result to the failures that it counts, and to no others', () => {
    const base = {
      node: 'a',
      n: 50,
      value: 10,
      interval: null,
      others_n: 500,
      others_failed: 5,
      p: 0,
      p_adjusted: 0,
    };
    const worse = (['selfplay', 'work', 'pace'] as const).map((kind) => ({ ...base, kind }));
    const [group] = whatIsWrong([], undefined, { since: 1_766_736_000, worse });
    const begin = '&node=a';
    expect(group?.items.map(({ href }) => href)).toEqual([
      `/events?type=SELFPLAY_COMPLETE${begin}&q=payload.success:false&since=2025-12-26T08%3A00%3A00.000Z`,
      `/events?type=WORK_FAILED&type=WORK_TIMEOUT&type=WORK_RETRY${begin}&since=2025-12-26T08%3A00%3A00.000Z`,
      `/events?type=SELFPLAY_COMPLETE${begin}&since=2025-12-26T08%3A00%3A00.000Z`,
    ]);
  });

  it.each([
    [null, null, 'overloaded'],
    [0.97, null, 'overloaded: CPU 97 %'],
    [0.97, 0.5, 'overloaded: CPU 97 %, memory 50 %'],
  ])('names the load of CPU %s and memory %s as far as it was told', (cpu_util, memory_util, says) => {
    const hot = { status: 'overloaded' as const, conditions: ['overloaded' as const], cpu_util, memory_util };
    const [group] = whatIsWrong(joinFleet([detail('hot', hot)], []), undefined, undefined);
    expect(group?.items[0]?.text).toBe(says);
  });
});

describe('words', () => {
  it('say shares, chances and availability without rounding trouble away', () => {
    expect([0, 0.003, 0.052, 0.48].map(formatShare)).toEqual(['0 %', '0.3 %', '5.2 %', '48 %']);
    expect([1, 0.2, 0.034, 2e-7, 0, null].map(formatP)).toEqual([
      '1.00',
      '0.20',
      '0.034',
      '2e−7',
      '<1e-12',
      '–',
    ]);
    expect(formatAvailability([0.99999, 100])).toBe('99.99 %');
    expect(formatAvailability([1, 100])).toBe('100 %');
    expect(formatAvailability([null, 0])).toBe('–');
    expect(sayKnown([1, 7_200], 86_400)).toBe('of 2 h known');
  });

  it('say a comparison with its numbers', () => {
    const base: Comparison = {
      ...{ node: 'a', kind: 'work', n: 50, value: 10, interval: [0.112, 0.33] },
      ...{ others_n: 500, others_failed: 5, p: 1e-6, p_adjusted: 3e-5 },
    };
    expect(sayComparison(base)).toBe(
      '10 of 50 attempts at work failed (20 %, 95 % interval 11.2 % to 33 %); others 1.0 % of 500; p 3e−5',
    );
    expect(sayComparison({ ...base, n: 1, value: 1 })).toContain('1 of 1 attempt at work failed');
    expect(
      sayComparison({ ...base, kind: 'pace', value: 1.25, interval: null, others_failed: null }),
    ).toContain('1.25 times as long');
  });

  it('say the shares of a band', () => {
    expect(
      sayShares(
        [
          [0, 75, 'online', 1],
          [75, 100, 'offline', 2],
        ],
        100,
      ),
    ).toBe('online 75.0 %, offline 25.0 %');
    expect(sayShares([], 100)).toBe('nothing known');
  });
});
