'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { Button } from '@/components/ui/controls/button';
import { GoContext } from '@/components/ui/go';
import { ToneShape } from '@/components/ui/signs/status-dot';
import { ledTo } from './led-to';
import { useConnection, useLiveClient, type Connection } from '../live/live-provider';

const isAway = ({ state }: Connection): boolean => state === 'reconnecting' || state === 'offline';

/**
 * While the server is away nothing can be fetched from it: a browser would leave this page, which comes back by itself,
 * for its own error page, which does not. So who wants to go elsewhere goes when the server is back.
 */
export function Travel({ children }: { children: ReactNode }) {
  const router = useRouter();
  const client = useLiveClient();
  const away = isAway(useConnection());
  const [wanted, setWanted] = useState<string | null>(null);
  const hold = useCallback(
    (href: string) => {
      if (away) setWanted(href);
      return away;
    },
    [away],
  );
  useHeldLinks(away, setWanted);
  useEffect(() => {
    if (wanted === null) return;
    return client.listen(() => {
      if (isAway(client.connection())) return;
      setWanted(null);
      router.push(wanted);
    });
  }, [client, wanted, router]);
  return (
    <GoContext value={hold}>
      {children}
      <Note wanted={wanted} onStay={() => setWanted(null)} />
    </GoContext>
  );
}

/** Takes clicks on links before anybody else does. */
function useHeldLinks(away: boolean, onWanted: (href: string) => void): void {
  const take = useEffectEvent((event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    const { href, target } = link;
    const aside = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    const path = ledTo({ href, target, aside, download: link.hasAttribute('download') }, location.href);
    if (path === null) return;
    event.preventDefault();
    event.stopPropagation();
    onWanted(path);
  });
  useEffect(() => {
    if (!away) return;
    window.addEventListener('click', take, true);
    return () => window.removeEventListener('click', take, true);
  }, [away]);
}

function Note({ wanted, onStay }: { wanted: string | null; onStay: () => void }) {
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-20 z-40 flex justify-center px-3"
    >
      {wanted !== null && (
        <div className="pointer-events-auto flex max-w-160 min-w-0 items-center gap-2 rounded-md border border-warn/40 bg-warn-soft px-3 py-2 text-sm text-warn shadow-float">
          <ToneShape tone="warn" />
          <span className="min-w-0 [overflow-wrap:anywhere]">
            The server does not answer. <span className="font-mono">{wanted}</span> opens when it is back.
          </span>
          <Button onClick={onStay}>Stay here</Button>
        </div>
      )}
    </div>
  );
}
