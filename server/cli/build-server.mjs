// Builds the server alone, for what needs no pages: the bench.
import { ensureBuilt } from './build/build.mjs';
import { ensureSqlite } from './build/native.mjs';

await ensureSqlite();
await ensureBuilt({ pages: false });
