'use client';

import { useQuery } from '@tanstack/react-query';
import { usePathname, useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { createContext, use, useCallback, useMemo, useState } from 'react';
import { pathOf, viewKey } from '@/domain/views/address';
import type { SavedView } from '@/domain/views/view';
import { useTRPC } from '../trpc';

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
  const [openedId, setOpenedId] = useState<number | null>(null);

  const { opened, modified } = useMemo(() => openedAt(views, address, openedId), [views, address, openedId]);
  // Once a page showed a view, it counts as opened, however one came there; it ends when another page is opened.
  if ((opened?.id ?? null) !== openedId) setOpenedId(opened?.id ?? null);

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
