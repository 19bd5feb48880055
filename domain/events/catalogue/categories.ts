/**
 * Categories in the order in which displays stack them: the training pipeline from games to champions first, then what
 * steers it, then the machines it runs on, then the plumbing. Imports nothing, so that a browser can have it for free.
 */
export const CATEGORIES = [
  { id: 'selfplay', label: 'Selfplay' },
  { id: 'sync', label: 'Sync' },
  { id: 'export', label: 'Export' },
  { id: 'training', label: 'Training' },
  { id: 'evaluation', label: 'Evaluation' },
  { id: 'model', label: 'Models' },
  { id: 'quality', label: 'Quality' },
  { id: 'curriculum', label: 'Curriculum' },
  { id: 'optimization', label: 'Optimization' },
  { id: 'parity', label: 'Parity' },
  { id: 'recovery', label: 'Recovery' },
  { id: 'cluster_health', label: 'Cluster health' },
  { id: 'leader_election', label: 'Leader election' },
  { id: 'resource', label: 'Resources' },
  { id: 'work_queue', label: 'Work queue' },
  { id: 'task', label: 'Tasks' },
  { id: 'daemon', label: 'Daemons' },
  { id: 'data_integrity', label: 'Data integrity' },
  { id: 'checkpoint', label: 'Checkpoints' },
  { id: 'lock', label: 'Locks' },
  { id: 'cache', label: 'Cache' },
  { id: 'system', label: 'System' },
  { id: 'uncatalogued', label: 'Uncatalogued' },
] as const;

export type CategoryId = (typeof CATEGORIES)[number]['id'];
