import { defineActor, textOf, type Post, type Stage } from '../actor';
import { nodesUp } from '../world';

type Nothing = Record<string, never>;
type Messages = { elect: { avoid: string }; waver: Nothing };
type Send = Post<Messages>;

const BY = 'P2POrchestrator';

/** Who leads the peer-to-peer cluster: lease losses, step-downs, elections, and whether there is a quorum. */
export const leader = defineActor<Messages>({
  name: 'leader',
  start(stage, post) {
    post(4, 'elect', { avoid: '' });
    post(stage.wait(7200), 'waver', {});
  },
  on: {
    elect: (stage, { avoid }) => elect(stage, avoid),
    waver(stage, _, post) {
      waver(stage, post);
      post(stage.wait(8400), 'waver', {});
    },
  },
  hears: {
    HOST_OFFLINE(stage, { payload }, post) {
      const node = textOf(payload, 'node_id');
      if (node !== undefined && node === stage.world.leader) lose(stage, 'leader host offline', post);
    },
  },
});

function peers(stage: Stage): { alive_peers: number; total_peers: number } {
  return { alive_peers: nodesUp(stage.world).length, total_peers: stage.world.nodes.size };
}

function waver(stage: Stage, post: Send): void {
  const { world, rng } = stage;
  if (world.leader === null) return;
  if (rng.chance(0.7)) {
    lose(stage, 'lease expired', post);
    return;
  }
  const stepping = {
    leader_id: world.leader,
    reason: 'maintenance',
    term: world.term,
    timestamp: stage.iso(),
  };
  stage.emit('LEADER_STEPDOWN', stepping, { by: BY });
  post(rng.between(2, 10), 'elect', { avoid: world.leader });
  world.leader = null;
}

function lose(stage: Stage, reason: string, post: Send): void {
  const { world, rng } = stage;
  const previous = world.leader ?? '';
  world.leader = null;
  stage.emit('LEADER_LOST', { previous_leader: previous, reason }, { by: BY });
  stage.emit('P2P_CLUSTER_UNHEALTHY', { ...peers(stage), reason: 'no leader' }, { by: BY });
  changed(stage, 'healthy', 'degraded');
  post(rng.between(5, 40), 'elect', { avoid: previous });
}

function elect(stage: Stage, avoid: string): void {
  const { world, rng } = stage;
  if (world.leader !== null) return;
  const up = nodesUp(world).map((node) => node.spec.name);
  const others = up.filter((name) => name !== avoid);
  const winner = rng.pick(others.length > 0 ? others : up);
  const first = world.term === 12;
  world.leader = winner;
  world.term += 1;
  stage.emit('LEADER_ELECTED', { leader_id: winner, term: world.term }, { by: BY });
  const alive = peers(stage);
  stage.emit(
    'P2P_CLUSTER_HEALTHY',
    { ...alive, leader_id: winner, quorum: alive.alive_peers * 2 > alive.total_peers },
    { by: BY },
  );
  changed(stage, first ? 'starting' : 'degraded', 'healthy');
}

function changed(stage: Stage, before: string, after: string): void {
  const payload = { old_status: before, new_status: after, ...peers(stage), timestamp: stage.iso() };
  stage.emit('CLUSTER_STATUS_CHANGED', payload, { by: BY });
}
