'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useLiveClient } from '../live/live-provider';

/** Follows what the server says of this visitor's access: a changed role is rendered anew, an ended one leads to the sign-in page. */
export function useAccessChanges(): void {
  const client = useLiveClient();
  const router = useRouter();
  useEffect(
    () =>
      client.onAccess(({ state }) => {
        if (state === 'changed') {
          router.refresh();
          return;
        }
        const back = window.location.pathname + window.location.search;
        window.location.assign(`/sign-in?ended&back=${encodeURIComponent(back)}`);
      }),
    [client, router],
  );
}
