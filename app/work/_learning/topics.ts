/** What the panels follow; hand their snapshots to LiveTopics. */
export const LEARNING_TOPICS = [
  'learning.searches',
  'learning.methods',
  'learning.configs',
  'learning.types',
] as const;
