'use client';

import { useEffect } from 'react';
import { useEntity } from './live-provider';

/**
 * On the page of a thing that nobody has named yet: opens it as soon as an event does. Loads the page anew, because what
 * Next shows for `notFound()` stays for as long as the address does.
 */
export function ComesLater({ topic, id }: { topic: string; id: string }) {
  const there = useEntity(topic, id) !== undefined;
  useEffect(() => {
    if (there) window.location.reload();
  }, [there]);
  return null;
}
