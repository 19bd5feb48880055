import type { LucideIcon } from 'lucide-react';
import { BookmarkPlus, Keyboard, Monitor, Moon, Sun } from 'lucide-react';
import type { CommandSource } from '../command';

const THEMES: readonly { readonly theme: 'system' | 'light' | 'dark'; readonly icon: LucideIcon }[] = [
  { theme: 'light', icon: Sun },
  { theme: 'dark', icon: Moon },
  { theme: 'system', icon: Monitor },
];

/** What the shell itself can do. */
export const shellSource: CommandSource = {
  id: 'shell',
  heading: 'Commands',
  limit: 5,
  atRest: 5,
  kind: 'matched',
  commands: ({ acts, mayAct, theme: current }) => [
    {
      id: 'views',
      label: mayAct ? 'Save this page as a view' : 'Saved views',
      also: 'bookmark',
      icon: BookmarkPlus,
      does: { run: acts.views },
    },
    {
      id: 'help',
      label: 'Keyboard help',
      also: 'shortcuts keys',
      icon: Keyboard,
      keys: ['?'],
      does: { run: acts.help },
    },
    ...THEMES.map(({ theme, icon }) => ({
      id: `theme:${theme}`,
      label: `Theme: ${theme}`,
      also: 'colours appearance mode',
      icon,
      ...(theme === current ? { detail: 'in use' } : {}),
      does: { run: () => acts.setTheme(theme) },
    })),
  ],
};
