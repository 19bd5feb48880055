import { causeOf } from '../../history/errors';

/**
 * Why history or the router cannot take or answer this now, and what to do, as a sentence without its stop; null for an error
 * that says nothing of the kind. By name, not by class: pages and server are separate bundles, so each has its own copy of a class.
 */
export function whyUnavailable(error: unknown): string | null {
  switch (error instanceof Error ? error.name : '') {
    case 'HistoryUnavailableError':
      // Its own message may name paths and statements.
      return causeOf(codeOf(error)) ?? 'history cannot be reached right now';
    case 'RouterOverloadedError':
      return 'more events wait to be committed than the server holds';
    case 'RouterStoppedError':
      return 'the server is stopping';
    default:
      return null;
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';
