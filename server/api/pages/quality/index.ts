import * as z from 'zod';
import { services } from '../../../services';
import { procedure, router } from '../../trpc/trpc';
import { pageInput } from '../input';
import { qualityAverages } from './averages';
import { qualityEpisodes } from './episodes';
import { qualityGames } from './games';
import { qualityLoop } from './loop';
import { qualityParity } from './parity';

/** What the page /quality asks for beyond its live topics. */
export const qualityProcedures = router({
  averages: procedure.input(pageInput).query(({ input }) => qualityAverages(services().live.states(), input)),
  episodes: procedure.input(pageInput).query(({ input }) => qualityEpisodes(services().live.states(), input)),
  games: procedure.input(pageInput).query(({ input }) => qualityGames(services().live.states(), input)),
  parity: procedure.input(pageInput).query(({ input }) => qualityParity(services().live.states(), input)),
  loop: procedure
    .input(z.strictObject({ config: z.string().max(200) }))
    .query(({ input }) => qualityLoop(services().live.states(), input.config)),
});
