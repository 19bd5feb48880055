'use client';

import { CircleUserRound } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { ROLE_MEANS } from '@/domain/access/permissions';
import type { Visitor } from '@/domain/access/principal';
import { Button, IconButton } from '../ui/controls/button';
import { Popover, PopoverContent, PopoverTrigger } from '../ui/over/popover';

export interface Account {
  readonly visitor: Visitor;
  readonly demo: boolean;
}

/** Who is signed in, as what, and the way out. */
export function AccountMenu({ account, onSignOut }: { account: Account; onSignOut: () => void }) {
  const { visitor } = account;
  const [open, setOpen] = useState(false);
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <IconButton
          label={`Signed in as ${visitor.kind === 'user' ? `${visitor.name}, ${visitor.role}` : visitor.name}`}
        >
          <CircleUserRound className="size-4" aria-hidden />
        </IconButton>
      </PopoverTrigger>
      <PopoverContent align="end" aria-label="Account" className="flex w-64 flex-col gap-3">
        <Who account={account} />
        {visitor.kind === 'user' && (
          <div className="flex gap-2">
            <Button asChild>
              <Link href="/settings" prefetch={false} onClick={() => setOpen(false)}>
                Your sessions
              </Link>
            </Button>
            <Button onClick={onSignOut}>Sign out</Button>
          </div>
        )}
      </PopoverContent>
    </Popover>
  );
}

function Who({ account: { visitor, demo } }: { account: Account }) {
  if (visitor.kind !== 'user')
    return (
      <p>
        Signed in as {visitor.role} of {demo ? 'the simulated cluster' : 'this server'}.{' '}
        <span className="text-dim">
          {demo
            ? 'Nothing you do here is real.'
            : 'It has no accounts: whoever uses this machine may do the same.'}
        </span>
      </p>
    );
  return (
    <div className="flex min-w-0 flex-col">
      <span className="truncate font-medium">{visitor.name}</span>
      <span className="truncate text-xs text-dim">{visitor.email}</span>
      <span className="pt-1 text-xs text-dim">
        {visitor.role}: {ROLE_MEANS[visitor.role]}
      </span>
    </div>
  );
}
