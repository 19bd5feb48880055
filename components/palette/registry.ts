import type { CommandSource } from './command';
import { actionsSource } from './sources/actions';
import { eventSource, SEARCH_SOURCES } from './sources/events';
import { NAME_SOURCES } from './sources/names';
import { pagesSource } from './sources/pages';
import { shellSource } from './sources/shell';
import { viewsSource } from './sources/views';

/**
 * All groups of the palette, in the order in which equally good ones are shown. A new kind of command is one more source
 * in this list.
 */
export const COMMAND_SOURCES: readonly CommandSource[] = [
  eventSource,
  pagesSource,
  viewsSource,
  actionsSource,
  shellSource,
  ...NAME_SOURCES,
  ...SEARCH_SOURCES,
];
