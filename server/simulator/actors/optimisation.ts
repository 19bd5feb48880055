import { defineActor, type Post, type Stage } from '../actor';
import { round } from '../random';
import { nextId, type Config } from '../world';
import { configNamed } from './exporting';

type Search = { run: string; config: string; generation: number; generations: number };
type Nothing = Record<string, never>;
type Messages = {
  tune: Nothing;
  evolve: Nothing;
  cmaesDone: { run: string; config: string };
  nas: Search;
  pbt: Search;
};
type Send = Post<Messages>;

const BY = 'OptimizationOrchestrator';

/** Searches for better settings: CMA-ES on a plateau, architecture search and population training by the calendar. */
export const optimisation = defineActor<Messages>({
  name: 'optimisation',
  start(stage, post) {
    post(stage.wait(1500), 'tune', {});
    post(stage.wait(4200), 'evolve', {});
  },
  on: {
    tune(stage, _, post) {
      const config = stage.rng.pick([...stage.world.configs.values()]);
      setLearningRate(stage, config, stage.rng.pick(['manual', 'adaptive']));
      post(stage.wait(1500), 'tune', {});
    },
    evolve(stage, _, post) {
      const config = stage.rng.pick([...stage.world.configs.values()]).spec.key;
      if (stage.rng.chance(0.5)) startNas(stage, config, post);
      else startPbt(stage, config, post);
      post(stage.wait(9000), 'evolve', {});
    },
    cmaesDone: (stage, message) => cmaesDone(stage, message),
    nas: (stage, search, post) => nasGeneration(stage, search, post),
    pbt: (stage, search, post) => pbtGeneration(stage, search, post),
  },
  hears: {
    PROMOTION_REJECTED(stage, { payload }, post) {
      const config = configNamed(stage, payload);
      if (config && config.stagnant >= 3) plateau(stage, config, post);
    },
    ELO_VELOCITY_CHANGED(stage, { payload }) {
      const config = configNamed(stage, payload);
      if (config && stage.rng.chance(0.4)) adapt(stage, config);
    },
  },
});

function setLearningRate(stage: Stage, config: Config, optimizer: string): void {
  const next = round(stage.rng.between(0.0002, 0.0015), 6);
  const payload = {
    config: config.spec.key,
    param_name: 'learning_rate',
    old_value: config.learningRate,
    new_value: next,
    optimizer,
    timestamp: stage.iso(),
  };
  config.learningRate = next;
  stage.emit('HYPERPARAMETER_UPDATED', payload, { by: 'event_emitters' });
}

function adapt(stage: Stage, config: Config): void {
  const reason = config.velocity < 0 ? 'elo_falling' : 'elo_velocity_changed';
  const payload = {
    config_key: config.spec.key,
    params_changed: { learning_rate: config.learningRate, batch_size: stage.rng.pick([256, 512, 1024]) },
    elo_velocity: config.velocity,
    reason,
  };
  stage.emit('ADAPTIVE_PARAMS_CHANGED', payload, { by: 'AdaptiveController' });
}

function plateau(stage: Stage, config: Config, post: Send): void {
  const { rng } = stage;
  const payload = {
    metric_name: 'elo',
    plateau_type: 'elo',
    current_value: config.published,
    best_value: config.bestElo,
    epochs_since_improvement: config.stagnant,
    config_key: config.spec.key,
    timestamp: stage.iso(),
  };
  config.stagnant = 0;
  stage.emit('PLATEAU_DETECTED', payload, { by: 'event_emitters' });
  const run = `cmaes_${String(Math.floor(stage.epoch()))}`;
  stage.emit(
    'CMAES_TRIGGERED',
    search(stage, run, 'plateau', { lr: [1e-5, 0.01], weight_decay: [1e-6, 1e-3] }),
    { by: 'event_emitters' },
  );
  post(rng.between(1500, 4000), 'cmaesDone', { run, config: config.spec.key });
}

function search(stage: Stage, run: string, reason: string, space: Record<string, number[] | string[]>) {
  return {
    run_id: run,
    reason,
    parameters_searched: Object.keys(space).length,
    search_space: space,
    generations: stage.rng.int(4, 8),
    population_size: 16,
    timestamp: stage.iso(),
  };
}

function cmaesDone(stage: Stage, { run, config: key }: Messages['cmaesDone']): void {
  const config = stage.world.configs.get(key);
  if (!config) return;
  const best = { lr: round(stage.rng.between(0.0002, 0.001), 6), weight_decay: 0.0001 };
  const payload = {
    run_id: run,
    best_params: best,
    improvement: round(stage.rng.between(0.004, 0.03), 4),
    config_key: key,
    timestamp: stage.iso(),
  };
  stage.emit('CMAES_COMPLETED', payload, {
    by: BY,
    as: stage.rng.chance(0.3) ? 'cmaes_complete' : undefined,
  });
  setLearningRate(stage, config, 'cmaes');
}

function startNas(stage: Stage, config: string, post: Send): void {
  const run = nextId(stage.world, 'nas');
  const payload = search(stage, run, 'scheduled', {
    blocks: [6, 20],
    channels: [64, 256],
    head: ['linear', 'conv'],
  });
  stage.emit('NAS_TRIGGERED', payload, { by: 'event_emitters' });
  stage.emit(
    'NAS_STARTED',
    {
      run_id: run,
      config_key: config,
      generations: payload.generations,
      population_size: 16,
      timestamp: stage.iso(),
    },
    { by: BY },
  );
  post(stage.rng.between(300, 700), 'nas', { run, config, generation: 1, generations: payload.generations });
}

function nasGeneration(stage: Stage, state: Search, post: Send): void {
  const { rng } = stage;
  const { run, config, generation } = state;
  const base = { run_id: run, config_key: config, timestamp: stage.iso() };
  const fitness = round(0.5 + generation * 0.02 + rng.gauss(0, 0.01), 4);
  stage.emit('NAS_GENERATION_COMPLETE', { ...base, generation, best_fitness: fitness }, { by: BY });
  const architecture = { blocks: rng.int(8, 18), channels: rng.pick([96, 128, 192]), head: 'conv' };
  if (rng.chance(0.4)) stage.emit('NAS_BEST_ARCHITECTURE', { ...base, architecture, fitness }, { by: BY });
  if (generation < state.generations) {
    post(rng.between(300, 700), 'nas', { ...state, generation: generation + 1 });
    return;
  }
  stage.emit(
    'NAS_COMPLETED',
    { ...base, best_architecture: architecture, best_fitness: fitness },
    { by: BY },
  );
}

function startPbt(stage: Stage, config: string, post: Send): void {
  const run = nextId(stage.world, 'pbt');
  stage.emit(
    'PBT_STARTED',
    { run_id: run, config_key: config, population_size: 8, timestamp: stage.iso() },
    { by: BY },
  );
  post(stage.rng.between(400, 900), 'pbt', { run, config, generation: 1, generations: stage.rng.int(3, 5) });
}

function pbtGeneration(stage: Stage, state: Search, post: Send): void {
  const { rng } = stage;
  const { run, config, generation } = state;
  const fitness = round(0.52 + generation * 0.015 + rng.gauss(0, 0.01), 4);
  const base = { run_id: run, config_key: config, best_fitness: fitness, timestamp: stage.iso() };
  stage.emit('PBT_GENERATION_COMPLETE', { ...base, generation }, { by: BY });
  if (generation < state.generations) {
    post(rng.between(400, 900), 'pbt', { ...state, generation: generation + 1 });
    return;
  }
  stage.emit('PBT_COMPLETED', { ...base, generations: generation }, { by: BY });
}
