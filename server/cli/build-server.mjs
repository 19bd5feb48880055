// Builds the server alone, for what needs no pages: the bench.
import { ensureBuilt } from './build.mjs';
import { ensureSqlite } from './native.mjs';

await ensureSqlite();
await ensureBuilt({ pages: false });
