'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { usePathname, useSearchParams } from 'next/navigation';
import { useTheme } from 'next-themes';
import { useMemo, useRef, useState } from 'react';
import { arrange } from '@/components/palette/arrange';
import type { Command } from '@/components/palette/command';
import { Palette } from '@/components/palette/palette';
import { loadRecents, saveRecents, withRecent } from '@/components/palette/recents';
import { COMMAND_SOURCES } from '@/components/palette/registry';
import type { PaletteDoors } from '@/components/shell/shell';
import { useGo } from '@/components/ui/go';
import { useTRPC } from '../queries/trpc';
import { useMay } from '../visitor';
import { useViews } from '../views/views-provider';

/** Names of each kind that one answer holds. */
const NAMES = 6;
/** No name is this long; longer texts are queries of events. */
const MAX_NAME = 200;

/** The palette with what it finds: pages and commands here, names from the server's folded state. */
export default function CommandPalette({ onClose, onHelp, typed, onType, entered }: PaletteDoors) {
  const go = useGo();
  const trpc = useTRPC();
  const { views, showMenu } = useViews();
  const mayAct = useMay('operate');
  const { theme = 'system', setTheme } = useTheme();
  const [recents] = useState(loadRecents);
  const chosen = useRef<Command | null>(null);

  const pathname = usePathname();
  const search = useSearchParams().toString();
  const query = typed.trim();
  const asks = query !== '' && query.length <= MAX_NAME;
  const names = useQuery({
    ...trpc.palette.names.queryOptions({ q: query, limit: NAMES }),
    enabled: asks,
    placeholderData: keepPreviousData,
  });
  const found = asks ? (names.data ?? null) : null;
  const groups = useMemo(
    () =>
      arrange(
        COMMAND_SOURCES,
        {
          ...{ query, found, views, theme, mayAct, here: { pathname, search } },
          acts: { help: onHelp, setTheme, views: showMenu },
        },
        recents,
      ),
    [query, found, views, theme, pathname, search, mayAct, onHelp, setTheme, showMenu, recents],
  );
  const choose = (command: Command): void => {
    chosen.current = command;
    saveRecents(withRecent(recents, command));
    onClose();
    if ('href' in command.does) go(command.does.href);
  };
  /** On another page the reader goes on in it; a command that opens something finds the focus where it was. */
  const closed = (): boolean => {
    const does = chosen.current?.does;
    if (does === undefined) return false;
    if ('run' in does) {
      queueMicrotask(does.run);
      return false;
    }
    document.getElementById('main')?.focus({ preventScroll: true });
    return true;
  };
  return (
    <Palette
      typed={typed}
      onType={onType}
      entered={entered}
      groups={groups}
      settled={!asks || names.isError || found?.q === query}
      failed={asks && names.isError}
      onChoose={choose}
      onClose={onClose}
      onClosed={closed}
    />
  );
}
