import { router } from '../trpc/trpc';
import { catalogueProcedures } from './catalogue';
import { eloProcedures } from './elo';
import { eventProcedures } from './event';
import { learningProcedures } from './learning';
import { modelsProcedures } from './models';
import { nodesProcedures } from './nodes';
import { pipelineProcedures } from './pipeline';
import { qualityProcedures } from './quality';
import { routerPageProcedures } from './router';
import { suggestionProcedures } from './suggestions';
import { trainingProcedures } from './training';
import { workProcedures } from './work';

/** Queries of the pages: series and statistics that are too wide for a live topic. A folder per page. */
export const pageProcedures = router({
  pipeline: pipelineProcedures,
  elo: eloProcedures,
  models: modelsProcedures,
  quality: qualityProcedures,
  nodes: nodesProcedures,
  training: trainingProcedures,
  work: workProcedures,
  learning: learningProcedures,
  router: routerPageProcedures,
  catalogue: catalogueProcedures,
  event: eventProcedures,
  suggestions: suggestionProcedures,
});
