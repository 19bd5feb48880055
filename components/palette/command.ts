import type { LucideIcon } from 'lucide-react';
import type { SavedView } from '@/domain/views/view';
import type { FoundNames } from '@/server/api/shell/palette';

/** One line of the palette. */
export interface Command {
  /** Unique over all sources, the same at every opening: recent choices are known by it. */
  readonly id: string;
  readonly label: string;
  /** What it leads to or what it is now, in a few words. */
  readonly detail?: string;
  /** Other words that it is found by. */
  readonly also?: string;
  readonly icon: LucideIcon;
  /** Names from the cluster are set in the type of names. */
  readonly isName?: true;
  /** Keys that do the same. */
  readonly keys?: readonly string[];
  /** Why it cannot be chosen now. */
  readonly unavailable?: string;
  readonly does: CommandEffect;
}

export type CommandEffect = { readonly href: string } | { readonly run: () => void };

/** What sources make commands from. */
export interface PaletteFacts {
  /** What was typed, without blanks around it. */
  readonly query: string;
  /** The server's names for what was typed, or for what was typed just before; null before the first answer. */
  readonly found: FoundNames | null;
  readonly views: readonly SavedView[];
  readonly theme: string;
  /** The page under the palette. */
  readonly here: { readonly pathname: string; readonly search: string };
  /** Whether the visitor acts on the cluster: what would be refused is not offered. */
  readonly mayAct: boolean;
  readonly acts: PaletteActs;
}

/** What a command can do besides going to a page. */
export interface PaletteActs {
  readonly help: () => void;
  readonly setTheme: (theme: 'system' | 'light' | 'dark') => void;
  /** Opens the views of the page, where it can be saved. */
  readonly views: () => void;
}

/** A group of the palette. To add one, write it and list it in `registry.ts`. */
export interface CommandSource {
  readonly id: string;
  readonly heading: string;
  /** Lines shown at most; `atRest` applies while nothing is typed, and 0 leaves the group out then. */
  readonly limit: number;
  readonly atRest: number;
  /**
   * `matched` are ranked by their label against what was typed. `given` answer it in another way, so they are shown as
   * they come, before all others or after them.
   */
  readonly kind: 'matched' | 'given_first' | 'given_last';
  readonly commands: (facts: PaletteFacts) => readonly Command[];
  /** Matches that the server knows of besides those it sent. */
  readonly more?: (facts: PaletteFacts) => number;
}
