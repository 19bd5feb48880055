'use client';

import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import type { MouseEvent } from 'react';
import { cn } from '../../ui/cn';
import { useGo } from '../../ui/go';
import type { NavItem } from './nav-items';
import { addressFrom, isActive, NAV_GROUPS } from './nav-items';

/** How much room the labels get: `rail` shows icons only, `auto` shows labels from 1024 px on. */
export type NavWidth = 'auto' | 'rail' | 'full';

const LABEL: Readonly<Record<NavWidth, string>> = { auto: 'hidden lg:block', rail: 'hidden', full: 'block' };

export function Nav({ width, onNavigate }: { width: NavWidth; onNavigate?: () => void }) {
  const path = usePathname();
  const here = { pathname: path, search: useSearchParams().toString() };
  return (
    <nav aria-label="Pages" className="flex flex-col gap-3 p-2">
      {NAV_GROUPS.map((group) => (
        <div key={group.label} role="group" aria-label={group.label}>
          <div aria-hidden className={cn('px-2 pb-1 text-2xs text-faint', LABEL[width])}>
            {group.label}
          </div>
          <ul className="flex flex-col gap-px">
            {group.items.map((item) => (
              <li key={item.href}>
                <NavLink
                  item={item}
                  href={addressFrom(here, item.href)}
                  width={width}
                  active={isActive(item, path)}
                  onNavigate={onNavigate}
                />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function NavLink({
  item,
  href,
  width,
  active,
  onNavigate,
}: {
  item: NavItem;
  href: string;
  width: NavWidth;
  active: boolean;
  onNavigate?: () => void;
}) {
  const { icon: Icon, label, letter } = item;
  const go = useGo();
  const follow = (event: MouseEvent): void => {
    // A busy page may have written what was just chosen into its address, and not into its links yet.
    const now = addressFrom(location, item.href);
    const aside = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (now !== href && !aside) {
      event.preventDefault();
      go(now);
    }
    onNavigate?.();
  };
  return (
    <Link
      href={href}
      // Every page is rendered from live state: fetching thirteen of them ahead would be work for nothing.
      prefetch={false}
      aria-label={label}
      aria-current={active ? 'page' : undefined}
      title={`${label} (g ${letter})`}
      onClick={follow}
      className={cn(
        'flex h-8 items-center gap-2 rounded border-l-2 px-2 text-sm',
        active
          ? 'border-accent bg-accent-soft font-medium text-accent'
          : 'border-transparent text-dim hover:bg-raised hover:text-fg',
      )}
    >
      <Icon className="size-4 shrink-0" aria-hidden />
      <span className={cn('truncate', LABEL[width])}>{label}</span>
    </Link>
  );
}
