/**
 * A command whose code is loaded when somebody types it: a command line that publishes one event need not read all that a
 * server is made of.
 */
export function loaded<Args extends unknown[]>(
  load: () => Promise<(...args: Args) => unknown>,
): (...args: Args) => Promise<void> {
  return async (...args) => {
    const command = await load();
    await command(...args);
  };
}
