'use client';

import { Bell, BellOff, BellRing } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { IconButton } from '@/components/ui/controls/button';
import { listenTelling, telling, wishTelling } from './wish';

const LABEL = 'Notify me of new problems while I look elsewhere';
const BLOCKED = 'This browser blocks notifications of this page; allow them in its settings';
const ICONS = { off: Bell, on: BellRing, blocked: BellOff } as const;

/** Whether the browser tells of new problems; nothing where it cannot. */
export function NotifyButton() {
  const now = useSyncExternalStore(listenTelling, telling, () => 'absent' as const);
  if (now === 'absent') return null;
  const Icon = ICONS[now];
  return (
    <IconButton
      label={now === 'blocked' ? BLOCKED : LABEL}
      aria-pressed={now === 'on'}
      disabled={now === 'blocked'}
      variant={now === 'on' ? 'active' : 'ghost'}
      onClick={() => void wishTelling(now === 'off')}
    >
      <Icon className="size-3.5" aria-hidden />
    </IconButton>
  );
}
