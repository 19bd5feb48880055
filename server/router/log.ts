/** What the router needs of a logger; pino's has it. */
export interface RouterLog {
  debug(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** For tests and tools that have no log. */
export const silentLog: RouterLog = {
  debug: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
