'use client';

import { TRPCClientError } from '@trpc/client';
import { useMemo } from 'react';
import { describeAddress } from '@/components/views/describe';
import type { ViewActs } from '@/components/views/view-acts';
import { ViewsMenu } from '@/components/views/views-menu';
import { readAddress } from '@/domain/views/address';
import { useTRPCClient } from '../queries/trpc';
import { useMay } from '../visitor';
import { useViews } from './views-provider';

/** The menu of views in the header of a page; absent on pages that no view can lead to. */
export function ViewsDoor() {
  const { views, address, opened, modified, refresh, menuShown, setMenuShown } = useViews();
  const client = useTRPCClient();
  const may = useMay('operate');
  const acts = useMemo(() => {
    const done = async (change: Promise<unknown>): Promise<string | null> => {
      const problem = await change.then(() => null, explain);
      // Also after a refusal: it may come from what somebody else did meanwhile.
      await refresh();
      return problem;
    };
    return {
      save: (name) => done(client.views.save.mutate({ name, address: shownNow() })),
      update: (id) => done(client.views.readdress.mutate({ id, address: shownNow() })),
      rename: (id, name) => done(client.views.rename.mutate({ id, name })),
      star: (id, starred) => done(client.views.star.mutate({ id, starred })),
      remove: (id) => done(client.views.remove.mutate({ id })),
    } satisfies ViewActs;
  }, [client, refresh]);
  const reading = readAddress(address);
  if (!reading.ok) return null;
  return (
    <ViewsMenu
      views={views}
      opened={opened}
      modified={modified}
      shows={describeAddress(reading.value)}
      acts={acts}
      maySave={may}
      open={menuShown}
      onOpenChange={(shown) => {
        setMenuShown(shown);
        if (shown) void refresh();
      }}
    />
  );
}

/** As the page wrote it: the router's copy has its own way of escaping. */
function shownNow(): string {
  return window.location.pathname + window.location.search;
}

/** The server's own words; without any, that it could not be asked. */
function explain(error: unknown): string {
  if (error instanceof TRPCClientError && error.data != null) return error.message;
  return 'Ringside cannot be reached: nothing was changed. Try again when the connection is back.';
}
