'use client';

import { Keyboard, Menu, PanelLeftClose, PanelLeftOpen, Search } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { lazy, Suspense, useCallback, useState } from 'react';
import { Button, IconButton } from '../ui/controls/button';
import { cn } from '../ui/cn';
import { AccountMenu, type Account } from './account-menu';
import { Kbd } from '../ui/signs/kbd';
import { Mark } from './mark';
import { Nav } from './nav/nav';
import { rememberNav } from './nav/nav-memory';
import { usePrintedWidth } from './page/use-printed-width';
import { ThemeToggle } from './theme-toggle';
import { TouchTitles } from './touch-titles';
import { useTypedAhead, type TypedAhead } from './keys/typed-ahead';
import { useShortcuts } from './keys/use-shortcuts';

/** What the palette can do to the shell, and what is typed for it, also before it is there. */
export interface PaletteDoors extends TypedAhead {
  readonly onClose: () => void;
  readonly onHelp: () => void;
}

const HelpDialog = lazy(() => import('./keys/help-dialog'));
const NavDrawer = lazy(() => import('./nav/nav-drawer'));

/**
 * Navigation, status line and the page. The page scrolls inside `main`, so that it may also fill the height exactly.
 * `railed`: the viewer folded the navigation to icons on an earlier visit.
 */
export function Shell({
  statusLine,
  railed: initiallyRailed,
  account,
  onSignOut,
  palette,
  preparePalette,
  children,
}: {
  /** Changes every second, and the shell does not with it. */
  statusLine: ReactNode;
  railed: boolean;
  account: Account;
  onSignOut: () => void;
  /** The command palette, opened; the shell only knows when. */
  palette: (doors: PaletteDoors) => ReactNode;
  /** Fetches the palette's code ahead of its opening. */
  preparePalette: () => void;
  children: ReactNode;
}) {
  const [railed, setRailed] = useState(initiallyRailed);
  const [open, setOpen] = useState<'help' | 'nav' | 'palette' | null>(null);
  const help = useCallback(() => setOpen('help'), []);
  const close = useCallback(() => setOpen(null), []);
  usePrintedWidth();
  useShortcuts({
    onHelp: help,
    onPalette: () => setOpen(open === 'palette' ? null : 'palette'),
    onMayPalette: preparePalette,
  });
  const fold = (): void => {
    rememberNav(!railed);
    setRailed(!railed);
  };
  return (
    // On paper there is no scrolling: the page is as long as what it holds.
    <div className="flex h-dvh min-w-0 bg-bg text-fg print:block print:h-auto">
      <a
        href="#main"
        className="sr-only z-50 rounded border bg-surface px-3 py-2 text-sm focus:not-sr-only focus:fixed focus:top-1 focus:left-1"
      >
        Skip to the page
      </a>
      <Sidebar railed={railed} onFold={fold} />
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="flex min-h-10 shrink-0 items-center gap-3 border-b bg-surface py-1 pr-2 pl-2 md:pl-4">
          <IconButton
            label="Open the navigation"
            className="md:hidden print:hidden"
            onClick={() => setOpen('nav')}
          >
            <Menu className="size-4" aria-hidden />
          </IconButton>
          {statusLine}
          <div className="flex min-h-7.75 shrink-0 items-center self-start print:hidden">
            <PaletteButton onOpen={() => setOpen('palette')} onMayOpen={preparePalette} />
            <IconButton label="Keyboard help (?)" className="max-sm:hidden" onClick={help}>
              <Keyboard className="size-4" aria-hidden />
            </IconButton>
            <ThemeToggle />
            <AccountMenu account={account} onSignOut={onSignOut} />
          </div>
        </header>
        <main
          id="main"
          tabIndex={-1}
          className="relative min-h-0 min-w-0 flex-1 overflow-x-hidden overflow-y-auto outline-none print:overflow-visible"
        >
          {children}
        </main>
      </div>
      <TouchTitles />
      <Suspense>
        {open === 'help' && <HelpDialog onClose={close} />}
        {open === 'nav' && <NavDrawer onClose={close} />}
      </Suspense>
      {open === 'palette' && <PaletteDoor palette={palette} onClose={close} onHelp={help} />}
    </div>
  );
}

/** There as soon as the palette is asked for, and with each opening anew. */
function PaletteDoor({
  palette,
  onClose,
  onHelp,
}: Pick<PaletteDoors, 'onClose' | 'onHelp'> & { palette: (doors: PaletteDoors) => ReactNode }) {
  const ahead = useTypedAhead(onClose);
  return <Suspense>{palette({ onClose, onHelp, ...ahead })}</Suspense>;
}

function PaletteButton({ onOpen, onMayOpen }: { onOpen: () => void; onMayOpen: () => void }) {
  return (
    <Button
      variant="ghost"
      aria-label="Go to anything (Ctrl K)"
      title="Go to anything (Ctrl K, or ⌘ K)"
      onClick={onOpen}
      onFocus={onMayOpen}
      onPointerEnter={onMayOpen}
    >
      <Search className="size-4" aria-hidden />
      <span className="hidden items-center gap-1.5 lg:flex">
        Go to <Kbd>Ctrl K</Kbd>
      </span>
    </Button>
  );
}

function Sidebar({ railed, onFold }: { railed: boolean; onFold: () => void }) {
  const Icon = railed ? PanelLeftOpen : PanelLeftClose;
  return (
    <aside
      className={cn(
        'hidden shrink-0 flex-col border-r bg-surface md:flex print:hidden',
        railed ? 'w-13' : 'w-13 lg:w-48',
      )}
      aria-label="Navigation"
    >
      <div className="flex h-10 items-center border-b px-3">
        <Link
          href="/"
          prefetch={false}
          aria-label="Ringside, overview"
          className="flex items-center gap-2 rounded px-1"
        >
          <Mark className="size-4.5 text-accent" />
          <span className={cn('font-semibold tracking-tight', railed ? 'hidden' : 'hidden lg:block')}>
            Ringside
          </span>
        </Link>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Nav width={railed ? 'rail' : 'auto'} />
      </div>
      <div className="hidden border-t p-2 lg:block">
        <IconButton
          label={railed ? 'Unfold the navigation' : 'Fold the navigation'}
          aria-expanded={!railed}
          onClick={onFold}
        >
          <Icon className="size-4" aria-hidden />
        </IconButton>
      </div>
    </aside>
  );
}
