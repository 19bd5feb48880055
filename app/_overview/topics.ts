/** What the first paint of the overview holds. */
export const OVERVIEW_TOPICS = [
  'pipeline.stages',
  'pipeline.runs',
  'flows.steps',
  'models.configs',
  'nodes.summary',
  'nodes.cluster',
  'traffic.total',
  'problems.open',
  'router.status',
] as const;

export const NEWEST_SHOWN = 30;
