import { Command, CommanderError } from 'commander';
import { ConfigError } from '../config';
import { accessCommands } from './access/access-commands';
import { addActCommands } from './actions/act-commands';
import { loaded } from './common/loaded';
import type { BuildPages, DemoOptions } from './serve/serve';

/** Errors whose message is meant for the operator as it stands; anything else is ours and shows its stack. */
const EXPLAINED = new Set([
  'ConfigError',
  'DatabaseError',
  'EventsDbError',
  'CliError',
  'HistoryUnavailableError',
  'DemoFolderError',
  'AccessError',
]);

/** The commands as they are typed; README.md has a table of them. */
export function program(buildPages: BuildPages): Command {
  const root = new Command('ringside')
    .description('Control room of a RingRift training cluster')
    .exitOverride()
    // Before the commands are added: they take it over.
    .configureOutput({ outputError: (text, write) => write(inOneLine(text)) });
  root
    .command('start')
    .description('serve the dashboard and the event router')
    .option('--dev', 'rebuild pages as their sources change')
    .action(
      loaded(async () => {
        const { start } = await import('./serve/serve');
        return (options: { dev?: boolean }) => start(options, buildPages);
      }),
    );
  root
    .command('demo')
    .description('serve a simulated cluster of 14 nodes, on data of its own')
    .option('--speed <factor>', 'how much faster than life', '20')
    .option('--seed <number>', 'another seed, another story', '7')
    .option('--backlog <hours>', 'hours of history to begin with', '6')
    .option('--fresh', 'forget the last demo and begin anew')
    .action(
      loaded(async () => {
        const { demo } = await import('./serve/serve');
        return (options: DemoOptions) => demo(options, buildPages);
      }),
    );
  root
    .command('import')
    .description('import a RingRift events.db or an NDJSON export (also gzipped)')
    .argument('<file>')
    .action(loaded(async () => (await import('./events/import')).importFile));
  root
    .command('export')
    .description('write everything that matches to a file or to stdout')
    .option(
      '-q, --query <text>',
      'only events that this query finds, such as "type:elo_updated payload.new_elo>1700"',
    )
    .option('--format <name>', 'ndjson, csv or json', 'ndjson')
    .option('--since <time>', 'from this time on: 2h, 7d, ISO 8601 or epoch seconds')
    .option('--until <time>', 'up to this time')
    .option('--type <names>', 'only these types, separated by commas')
    .option('--category <names>', 'only these categories')
    .option('--config <names>', 'only these configs')
    .option('--node <names>', 'only these nodes')
    .option('--order <direction>', 'asc: oldest first, desc: newest first', 'asc')
    .option('-o, --output <file>', 'the file, packed where it ends in .gz; without it, stdout')
    .action(loaded(async () => (await import('./events/export')).exportEvents));
  root
    .command('publish')
    .description('publish one event')
    .argument('<type>', 'event type, in any of its spellings')
    .argument('<json>', 'the payload, a JSON object')
    .option('--source <name>', 'who publishes', 'cli')
    .option('--idempotency-key <key>', 'publish at most once under this key')
    .action(loaded(async () => (await import('./events/publish')).publish));
  root
    .command('tail')
    .description('print events of the running server as they happen')
    .option('--type <names>', 'only these types, separated by commas')
    .option('--category <names>', 'only these categories')
    .option('--config <names>', 'only these configs')
    .option('--node <names>', 'only these nodes')
    .option(
      '-q, --query <text>',
      'only events that this query finds, such as "type:elo_updated payload.new_elo>1700"',
    )
    .option('-n, --lines <count>', 'how many past events to begin with', '10')
    .option('--json', 'one JSON object per line')
    .action(loaded(async () => (await import('./events/tail')).tail));
  accessCommands(root);
  addActCommands(root);
  root
    .command('backup')
    .description('copy the history into a new file, while the server runs or not')
    .argument('<file>')
    .action(loaded(async () => (await import('./upkeep/backup')).backup));
  root
    .command('compact')
    .description('give unused space of the history back; needs the server stopped')
    .action(loaded(async () => (await import('./upkeep/compact')).compact));
  root
    .command('doctor')
    .description('check this installation and say what to mend')
    .action(loaded(async () => (await import('./upkeep/doctor')).doctor));
  return root;
}

/** What is wrong with a command line, told like everything else: commander says it in words of its own, a hint below it. */
function inOneLine(text: string): string {
  return `${text
    .trim()
    .replace(/^error: /, 'ringside: ')
    .replaceAll('\n', ' ')}\n`;
}

/** Whoever reads our stdout may stop at any line, as `head` does: that is no error. */
function letGo(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** Runs one command line; sets the exit code instead of leaving, so that output is flushed. */
export async function main(argv: readonly string[], buildPages: BuildPages): Promise<void> {
  process.stdout.off('error', letGo).on('error', letGo);
  try {
    await program(buildPages).parseAsync([...argv]);
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode;
    else {
      process.exitCode = 1;
      const known = error instanceof ConfigError || (error instanceof Error && EXPLAINED.has(error.name));
      process.stderr.write(
        `ringside: ${known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      );
    }
  }
}
