'use client';

import { useRouter } from 'next/navigation';
import { createContext, useCallback, useContext } from 'react';

/** Takes a wish to go to a page of this server; false: the way is free. */
export type Holder = (href: string) => boolean;

const free: Holder = () => false;
export const GoContext = createContext<Holder>(free);

/** Goes to a page of this server, at once or, while the server is away, when it is back. */
export function useGo(): (href: string) => void {
  const router = useRouter();
  const holds = useContext(GoContext);
  return useCallback(
    (href: string) => {
      if (!holds(href)) router.push(href);
    },
    [router, holds],
  );
}
