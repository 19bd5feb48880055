import pino, { type Logger } from 'pino';
import pretty from 'pino-pretty';
import type { Config } from '../config';

/** JSON lines for machines, one readable line per entry on a terminal. */
export function createLog(level: Config['logLevel']): Logger {
  const options = {
    level,
    base: undefined,
    redact: ['authorization', 'cookie', '*.authorization', '*.cookie'],
  };
  if (!process.stdout.isTTY) return pino(options);
  return pino(options, pretty({ translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname', singleLine: true }));
}
