// `npm run build`: everything, as far as it is not up to date.
import { ensureBuilt } from './build/build.mjs';

await ensureBuilt({ pages: true });
