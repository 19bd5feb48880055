import fc from 'fast-check';

/** The cases of every run alike, but for `npm run explore` (decision 0084). A failure prints its own seed. */
if (process.env['FAST_CHECK_SEED'] !== 'random') {
  fc.configureGlobal({ seed: Number(process.env['FAST_CHECK_SEED'] ?? 1) });
}
