import { defineEvent } from '../define';
import { int, payload, text, texts } from '../fields';

export const CACHE_EVENTS = [
  defineEvent({
    name: 'CACHE_INVALIDATED',
    dataValue: 'cache_invalidated',
    category: 'cache',
    severity: 'debug',
    documented: 'full',
    description: 'Cached entries of a model or a node are void and will be read anew.',
    schema: payload({
      invalidation_type: text('model, node'),
      target_id: text(),
      count: int(),
      affected_nodes: texts(),
      affected_models: texts(),
      timestamp: text('ISO 8601'),
    }),
    keyFields: ['invalidation_type', 'count'],
    producers: ['CacheInvalidation'],
    consumers: ['ModelLoadingCache', 'UnifiedModelStore'],
    emit: ['emit_cache_invalidated()'],
  }),
] as const;
