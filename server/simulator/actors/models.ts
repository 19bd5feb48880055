import { defineActor, numberOf, textOf, type Heard, type Post, type Stage } from '../actor';
import { crown, nodesUp, uncrown, type Config } from '../world';
import { configNamed } from './exporting';

type Messages = {
  invalidate: { stale: string };
  synced: { model: string };
  distributed: { model: string; config: string; again: number };
  corrupt: { model: string; config: string };
  restored: { model: string; config: string; seconds: number };
};
type Send = Post<Messages>;

const BY = 'ModelDistributionDaemon';

/** Keeps the champions, and brings whichever model serves onto every machine. Listens before all others. */
export const models = defineActor<Messages>({
  name: 'models',
  on: {
    invalidate: (stage, { stale }) => invalidate(stage, stale),
    synced(stage, { model }) {
      const node = stage.rng.pick(nodesUp(stage.world)).spec.name;
      stage.emit(
        'P2P_MODEL_SYNCED',
        { model_id: model, node_id: node, source_node: nodesUp(stage.world)[0]?.spec.name ?? node },
        { by: BY, on: node },
      );
    },
    distributed(stage, { model, config: key, again }, post) {
      const nodes = nodesUp(stage.world).map((node) => node.spec.name);
      const config = stage.world.configs.get(key);
      if (config?.champion !== model) return;
      const payload = {
        model_id: model,
        nodes,
        config_key: key,
        ...(again > 0 ? { attempt: again + 1 } : {}),
      };
      stage.emit('MODEL_DISTRIBUTION_COMPLETE', payload, { by: BY });
      const updated = {
        model_id: model,
        changes: { status: 'serving', nodes: nodes.length },
        config_key: key,
        timestamp: stage.iso(),
      };
      if (stage.rng.chance(0.5)) stage.emit('MODEL_UPDATED', updated, { by: 'ModelRegistry' });
      if (stage.rng.chance(0.05)) post(stage.rng.between(120, 900), 'corrupt', { model, config: key });
    },
    corrupt: (stage, message, post) => corrupt(stage, message, post),
    restored(stage, { model, config, seconds }, post) {
      stage.world.recovering.delete(model);
      const payload = {
        recovery_type: 'model',
        target: model,
        duration_seconds: seconds,
        actions_taken: ['fetch_replica', 'verify_checksum'],
      };
      stage.emit('RECOVERY_COMPLETED', payload, { by: 'RollbackManager' });
      const champion = stage.world.configs.get(config);
      if (champion?.champion === model) distribute(stage, champion, 1, post);
    },
  },
  hears: {
    MODEL_PROMOTED: (stage, event, post) => onPromoted(stage, event, post),
    PROMOTION_ROLLED_BACK(stage, { payload }, post) {
      const config = configNamed(stage, payload);
      if (!config) return;
      const removed = textOf(payload, 'model_id');
      const to = textOf(payload, 'rollback_to');
      if (config.champion === removed || (to !== undefined && config.champion !== to)) uncrown(config, to);
      if (removed !== undefined) post(stage.rng.between(3, 15), 'invalidate', { stale: removed });
      distribute(stage, config, 1 + stage.rng.int(0, 8), post);
    },
    HOST_ONLINE(stage, { payload }, post) {
      const node = textOf(payload, 'node_id');
      const model = stage.rng.pick([...stage.world.configs.values()]).champion;
      // Nobody asks for models while the cluster is only just starting.
      if (node === undefined || stage.world.leader === null || stage.rng.chance(0.5)) return;
      const wanted = { model_id: model, target_nodes: [node], reason: 'node_joined', timestamp: stage.iso() };
      stage.emit('MODEL_SYNC_REQUESTED', wanted, { by: BY });
      post(stage.rng.between(15, 60), 'synced', { model });
    },
  },
});

function onPromoted(stage: Stage, { payload }: Heard, post: Send): void {
  const config = configNamed(stage, payload);
  const model = textOf(payload, 'model_id');
  if (!config || model === undefined) return;
  const before = config.champion;
  crown(config, model, numberOf(payload, 'elo') ?? config.elo);
  if (stage.rng.chance(0.3)) {
    stage.emit(
      'REGISTRY_UPDATED',
      { model_id: model, action: 'promoted', config_key: config.spec.key, timestamp: stage.iso() },
      { by: 'ModelRegistry' },
    );
  }
  if (before !== model) post(stage.rng.between(12, 40), 'invalidate', { stale: before });
  distribute(stage, config, 0, post);
}

function distribute(stage: Stage, config: Config, again: number, post: Send): void {
  const model = config.champion;
  const targets = nodesUp(stage.world).map((node) => node.spec.name);
  const wanted = {
    model_id: model,
    target_nodes: targets,
    reason: again > 0 ? 'redistribute' : 'promoted',
    timestamp: stage.iso(),
  };
  if (stage.rng.chance(0.35)) stage.emit('MODEL_SYNC_REQUESTED', wanted, { by: BY });
  if (stage.rng.chance(0.4)) post(stage.rng.between(5, 15), 'synced', { model });
  post(stage.rng.between(16, 60), 'distributed', { model, config: config.spec.key, again });
}

function invalidate(stage: Stage, model: string): void {
  const nodes = nodesUp(stage.world)
    .slice(0, stage.rng.int(2, 5))
    .map((node) => node.spec.name);
  const payload = {
    invalidation_type: 'model',
    target_id: model,
    count: stage.rng.int(1, 12),
    affected_nodes: nodes,
    affected_models: [model],
    timestamp: stage.iso(),
  };
  stage.emit('CACHE_INVALIDATED', payload, { by: 'event_emitters' });
}

/** A replica goes bad on some machine; the file is fetched anew. */
function corrupt(stage: Stage, message: Messages['corrupt'], post: Send): void {
  const { rng } = stage;
  const node = rng.pick(nodesUp(stage.world)).spec.name;
  const kind = rng.pick(['checksum', 'format', 'missing']);
  const { model } = message;
  if (stage.world.recovering.has(model)) return;
  stage.world.recovering.set(model, kind);
  const payload = {
    model_id: model,
    model_path: `models/${model}.pth`,
    corruption_type: kind,
    timestamp: stage.iso(),
  };
  stage.emit('MODEL_CORRUPTED', payload, { by: 'event_emitters', on: node });
  const seconds = Math.round(rng.between(20, 90) * 10) / 10;
  stage.emit(
    'RECOVERY_INITIATED',
    { recovery_type: 'model', target: model, reason: `model_corrupted: ${kind}` },
    { by: 'RollbackManager' },
  );
  post(seconds, 'restored', { ...message, seconds });
}
