'use client';

import { Send } from 'lucide-react';
import Link from 'next/link';
import { useMay } from '@/app/_client/visitor';
import { Button } from '@/components/ui/controls/button';

/** Leads operators to the composer: for a type, or with a past event as its template. */
export function ComposeLink({ what, label }: { what?: { type: string } | { from: string }; label: string }) {
  const may = useMay('operate');
  if (!may) return null;
  return (
    <Button asChild>
      <Link
        href={
          what === undefined ? '/actions/compose' : `/actions/compose?${new URLSearchParams(what).toString()}`
        }
        prefetch={false}
      >
        <Send className="size-3.5" aria-hidden />
        {label}
      </Link>
    </Button>
  );
}

/** The event page's and the rows' way to it. */
export function SendAgain({ eventId }: { eventId: string }) {
  return <ComposeLink what={{ from: eventId }} label="Send again, changed…" />;
}
