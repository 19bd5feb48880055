// Builds the server alone, for what needs no pages: the bench.
import { ensureBuilt } from './build.mjs';

await ensureBuilt({ pages: false });
