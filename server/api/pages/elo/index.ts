import type { z } from 'zod';
import type { States } from '../../../../domain/projections';
import { services } from '../../../services';
import { procedure, router } from '../../trpc/trpc';
import { eloCharts } from './charts';
import { eloInput } from './input';
import { eloLeaderboard } from './leaderboard';
import { eloSummaries } from './summary';

/** All that the page shows at first. */
export function eloAnswers(states: States, question: z.input<typeof eloInput>) {
  const input = eloInput.parse(question);
  return {
    charts: eloCharts(states, input),
    summaries: eloSummaries(states, input),
    leaderboard: eloLeaderboard(states, input),
  };
}

/** What the page /elo asks for beyond its live topics. */
export const eloProcedures = router({
  charts: procedure.input(eloInput).query(({ input }) => eloCharts(services().live.states(), input)),
  summaries: procedure.input(eloInput).query(({ input }) => eloSummaries(services().live.states(), input)),
  leaderboard: procedure
    .input(eloInput)
    .query(({ input }) => eloLeaderboard(services().live.states(), input)),
});
