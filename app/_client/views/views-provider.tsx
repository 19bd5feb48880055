'use client';

import { useQuery } from '@tanstack/react-query';
import { usePathname, useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { createContext, use, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { pathOf, viewKey } from '@/domain/views/address';
import type { SavedView } from '@/domain/views/view';
import { useTRPC } from '../queries/trpc';

export interface Views {
  readonly views: readonly SavedView[];
  /** What the page shows now: path and query. */
  readonly address: string;
  /** The view that the page was opened with, while one stays on its page; `modified` once it shows something else. */
  readonly opened: SavedView | null;
  readonly modified: boolean;
  /** Fetches the views anew, after a change or because somebody looks. */
  readonly refresh: () => Promise<unknown>;
  readonly menuShown: boolean;
  readonly setMenuShown: (shown: boolean) => void;
  readonly showMenu: () => void;
}

const ViewsContext = createContext<Views | null>(null);

export function useViews(): Views {
  const views = use(ViewsContext);
  if (views === null) throw new Error('useViews needs a <ViewsProvider> above it.');
  return views;
}

/** Knows the saved views and which of them the page shows. `initial`: what the server rendered with, if it did. */
export function ViewsProvider({
  initial,
  children,
}: {
  initial: readonly SavedView[] | null;
  children: ReactNode;
}) {
  const trpc = useTRPC();
  const { data: views = [], refetch } = useQuery({
    ...trpc.views.list.queryOptions(),
    ...(initial === null ? {} : { initialData: initial }),
    staleTime: 60_000,
  });
  const pathname = usePathname();
  const params = useSearchParams().toString();
  const address = params === '' ? pathname : `${pathname}?${params}`;
  const [menuShown, setMenuShown] = useState(false);
  const { opened, modified } = useOpened(views, address);

  const showMenu = useCallback(() => setMenuShown(true), []);
  const value = useMemo<Views>(
    () => ({
      ...{ views, address, opened, modified, refresh: refetch },
      ...{ menuShown, setMenuShown, showMenu },
    }),
    [views, address, opened, modified, refetch, menuShown, showMenu],
  );
  return <ViewsContext value={value}>{children}</ViewsContext>;
}

/** An entry of the browser's history that somebody went back or forward to, and the view it was shown with then. */
interface Returned {
  readonly key: string;
  readonly openedId: number | null;
}

/**
 * Once a page showed a view, it counts as opened, however one came there; it ends when another page is opened. Back and
 * forward lead to what counted there. Browsers that do not name their entries go on with what was opened last.
 */
function useOpened(
  views: readonly SavedView[],
  address: string,
): { opened: SavedView | null; modified: boolean } {
  const [openedId, setOpenedId] = useState<number | null>(null);
  // The address follows the event some renders later: until then it is that of the entry that was left.
  const [returned, setReturned] = useState<Returned | null>(null);
  const shownWith = useRef(new Map<string, number | null>());
  const here = returned !== null && returned.key === viewKey(address);
  const before = here ? returned.openedId : openedId;
  const found = useMemo(() => openedAt(views, address, before), [views, address, before]);
  const id = found.opened?.id ?? null;
  if (here) setReturned(null);
  if (id !== openedId) setOpenedId(id);

  useEffect(() => {
    const entry = entryShown();
    if (entry !== null && entry.key === viewKey(address)) shownWith.current.set(entry.name, id);
  });
  useEffect(() => {
    const onReturn = (): void => {
      const entry = entryShown();
      if (entry === null) return;
      setReturned({ key: entry.key, openedId: shownWith.current.get(entry.name) ?? null });
    };
    window.addEventListener('popstate', onReturn);
    return () => window.removeEventListener('popstate', onReturn);
  }, []);
  return found;
}

/** The browser's own name for the entry of its history that it stands at, and what is shown there. */
function entryShown(): { name: string; key: string } | null {
  const name = (window.navigation as Navigation | undefined)?.currentEntry?.key;
  return name === undefined ? null : { name, key: viewKey(location.pathname + location.search) };
}

function openedAt(
  views: readonly SavedView[],
  address: string,
  openedId: number | null,
): { opened: SavedView | null; modified: boolean } {
  const key = viewKey(address);
  const before = views.find(({ id }) => id === openedId) ?? null;
  if (before !== null && viewKey(before.address) === key) return { opened: before, modified: false };
  const shown = views.find((view) => viewKey(view.address) === key);
  if (shown !== undefined) return { opened: shown, modified: false };
  const same = before !== null && pathOf(before.address) === pathOf(address);
  return { opened: same ? before : null, modified: same };
}
