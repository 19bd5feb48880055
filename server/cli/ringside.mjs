#!/usr/bin/env -S MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=1048576 MALLOC_TRIM_THRESHOLD_=8388608 node --max-semi-space-size=32 --max-old-space-size=768 --v8-pool-size=1
// Starts the command line; the line above is the one place that says how Node is started for it.
// The larger young generation spares a fifth of the time that publishing takes otherwise: events live just long enough
// to outgrow Node's default (decision 0021). The limit makes V8 collect its heap before it has grown to four times what
// is alive (0032). glibc's malloc gets few arenas and gives large blocks back: with its defaults the threads keep
// hundreds of megabytes that nobody uses (0030). V8 gets one thread for marking and the like: with its usual four, two
// cores are busy with it while producers wait (0063).
// It runs as built JavaScript, so this file builds what is missing or out of date first.
import { setFlagsFromString } from 'node:v8';
import { ensureBuilt } from './build/build.mjs';
import { ensureSqlite } from './build/native.mjs';

// The main thread has its heap by now. Threads take the sizes that they are started with, as these flags would
// override those.
setFlagsFromString('--max-semi-space-size=0');
setFlagsFromString('--max-old-space-size=0');

await ensureSqlite();
await ensureBuilt({ pages: false });
const { main } = await import('../../dist/cli.js');
// Pages take most of a minute: a server builds them once it knows that its settings are good.
await main(process.argv, () => ensureBuilt({ pages: true }));
