#!/usr/bin/env node
// Starts the command line. It runs as built JavaScript, so this file builds what is missing or out of date first.
import { ensureBuilt } from './build.mjs';

const command = process.argv[2];
const needsPages = command === 'start' || command === 'demo';
await ensureBuilt({ pages: needsPages });
const { main } = await import('../../dist/cli.js');
await main(process.argv);
