/** A machine as it comes from the rack. */
export interface NodeSpec {
  readonly name: string;
  readonly type: 'h100' | 'gh200' | 'runpod' | 'vast' | 'cpu';
  readonly gpu: string;
  readonly gpuMemoryGb: number;
  readonly cpus: number;
  /** Games per selfplay batch relative to the mean of the cluster. */
  readonly pace: number;
  readonly trains: boolean;
  readonly evaluates: boolean;
}

/** A board and player count that the cluster learns, and how far its rating can come. */
export interface ConfigSpec {
  readonly key: string;
  readonly board: string;
  readonly players: number;
  /** Version number of the champion at the start. */
  readonly version: number;
  readonly elo: number;
  /** The rating that training approaches and never passes. */
  readonly ceiling: number;
  readonly totalGames: number;
  readonly quality: number;
}

type Kind = Omit<NodeSpec, 'name' | 'trains' | 'evaluates'>;
const H100: Kind = { type: 'h100', gpu: 'NVIDIA H100', gpuMemoryGb: 80, cpus: 64, pace: 1.4 };
const GH200: Kind = { type: 'gh200', gpu: 'NVIDIA GH200', gpuMemoryGb: 96, cpus: 72, pace: 1.25 };
const A100: Kind = { type: 'runpod', gpu: 'NVIDIA A100', gpuMemoryGb: 80, cpus: 32, pace: 1 };
const RTX: Kind = { type: 'vast', gpu: 'NVIDIA RTX 4090', gpuMemoryGb: 24, cpus: 32, pace: 0.9 };
const CPU: Kind = { type: 'cpu', gpu: 'none', gpuMemoryGb: 0, cpus: 16, pace: 0.6 };

const machine = (name: string, kind: Kind, trains = false, evaluates = false): NodeSpec => ({
  name,
  ...kind,
  trains,
  evaluates,
});

/** The first that is up hosts the coordinators. */
export const DEFAULT_NODES: readonly NodeSpec[] = [
  machine('gpu-h100-1', H100, true),
  machine('gpu-h100-2', H100, true),
  machine('gh200-a', GH200, true),
  machine('gh200-b', GH200, false, true),
  machine('gh200-c', GH200),
  machine('gh200-d', GH200, false, true),
  machine('runpod-a100-1', A100, false, true),
  machine('runpod-a100-2', A100),
  machine('runpod-a100-3', A100),
  machine('vast-4090-1', RTX),
  machine('vast-4090-2', RTX),
  machine('hetzner-cpu1', CPU),
  machine('hetzner-cpu2', CPU),
  machine('hetzner-cpu3', CPU),
];

const board = (
  key: string,
  version: number,
  elo: number,
  ceiling: number,
  totalGames: number,
  quality: number,
): ConfigSpec => {
  const at = key.lastIndexOf('_');
  return {
    key,
    board: key.slice(0, at),
    players: Number.parseInt(key.slice(at + 1), 10),
    version,
    elo,
    ceiling,
    totalGames,
    quality,
  };
};

export const DEFAULT_CONFIGS: readonly ConfigSpec[] = [
  board('hex8_2p', 15, 1476, 2120, 76_838, 0.79),
  board('hex8_3p', 37, 1434, 1960, 61_204, 0.71),
  board('square8_2p', 20, 1488, 2080, 71_750, 0.82),
  board('square8_3p', 16, 1551, 2100, 54_310, 0.77),
  board('square19_2p', 50, 1502, 2010, 28_102, 0.76),
  board('hexagonal_2p', 24, 1421, 1930, 33_940, 0.78),
];

const POOLS: readonly (readonly [prefix: string, kind: Kind])[] = [
  ['gpu-h100', H100],
  ['gh200', GH200],
  ['runpod-a100', A100],
  ['vast-4090', RTX],
  ['hetzner-cpu', CPU],
];

/** The default machines, then as many generated ones as it takes to have `count`. One in five trains, one in five evaluates. */
export function nodeFleet(count: number): readonly NodeSpec[] {
  const fleet = DEFAULT_NODES.slice(0, count);
  for (let i = fleet.length; i < count; i++) {
    const [prefix, kind] = POOLS[i % POOLS.length] ?? ['gpu-h100', H100];
    const name = `${prefix}-${String(100 + Math.floor(i / POOLS.length))}`;
    fleet.push(machine(name, kind, i % POOLS.length === 0, i % POOLS.length === 2));
  }
  return fleet;
}

const BOARDS = [
  'hex8',
  'square8',
  'square19',
  'hexagonal',
  'hex10',
  'square10',
  'square13',
  'hex12',
  'hex6',
  'square6',
];

/** The default configs and as many more as it takes, e.g. for load at a size that no cluster has yet. */
export function configFleet(count: number): readonly ConfigSpec[] {
  const fleet = DEFAULT_CONFIGS.slice(0, count);
  const known = new Set(fleet.map(({ key }) => key));
  for (let n = 0; fleet.length < count; n++) {
    const players = 2 + (Math.floor(n / BOARDS.length) % 3);
    const size = Math.floor(n / (BOARDS.length * 3));
    const key = `${BOARDS[n % BOARDS.length] ?? 'hex8'}${size === 0 ? '' : `x${String(size)}`}_${String(players)}p`;
    if (!known.has(key)) fleet.push(board(key, 1, 1500, 2000, 10_000, 0.75));
  }
  return fleet;
}
