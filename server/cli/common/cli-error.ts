/** The command cannot do what was asked; `message` is the one line that the user reads. */
export class CliError extends Error {
  override readonly name = 'CliError';
}
