import type { Command } from 'commander';
import { FORMS } from '../../../domain/actions';
import { loaded } from '../common/loaded';

/** The commands with which operators act; what they do is what the pages' buttons do. */
export function addActCommands(root: Command): void {
  const command = (name: string, says: string, ...args: string[]): Command => {
    const made = root.command(name).description(says);
    for (const each of args) made.argument(each);
    return made
      .requiredOption('--reason <text>', 'why, for the log and the cluster')
      .option('--key <key>', 'do it at most once under this key');
  };
  const acknowledge = ['--acknowledge <codes>', 'warnings that you have read, separated by commas'] as const;
  command('promote', 'make a model champion of its config', '<model>')
    .option(...acknowledge)
    .option('--force', 'promote although a recovery runs; admins only')
    .action(loaded(async () => (await import('./act')).promoteModel));
  command('rollback', 'take a champion back to an earlier one and hold it', '<model>')
    .option('--to <model>', 'the earlier champion; by default the one before')
    .option(...acknowledge)
    .action(loaded(async () => (await import('./act')).rollbackModel));
  command('release', 'lift the hold of a model that was rolled back', '<model>').action(
    loaded(async () => (await import('./act')).releaseModel),
  );
  command(
    'act',
    `ask the cluster: ${FORMS.map(({ kind }) => kind).join(', ')}; or send an event of any type of the catalogue`,
    '<kind or event type>',
    '[fields...]',
  )
    .option('--allow-drift', 'send an event although it differs from the catalogue')
    .action(loaded(async () => (await import('./act')).act));
}
