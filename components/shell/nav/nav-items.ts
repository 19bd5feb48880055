import type { LucideIcon } from 'lucide-react';
import {
  BookOpenText,
  Boxes,
  ClipboardList,
  Gauge,
  GraduationCap,
  LayoutDashboard,
  ListTree,
  Network,
  Router,
  Server,
  Settings,
  TrendingUp,
  Workflow,
} from 'lucide-react';

export interface NavItem {
  readonly href: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** The letter that goes there after `g`. */
  readonly letter: string;
  /** What of its address means the same on other pages that know it, and stands at its head. */
  readonly keeps?: readonly string[];
}

const TIME = ['range', 'since', 'until'];
const CONFIGS_AND_TIME = ['config', ...TIME];

export interface NavGroup {
  readonly label: string;
  readonly items: readonly NavItem[];
}

/** All pages, in the order in which an operator asks: how is the loop, how is the cluster, what happened, what to do. */
export const NAV_GROUPS: readonly NavGroup[] = [
  {
    label: 'Training loop',
    items: [
      { href: '/', label: 'Overview', icon: LayoutDashboard, letter: 'o' },
      { href: '/pipeline', label: 'Pipeline', icon: Workflow, letter: 'p', keeps: CONFIGS_AND_TIME },
      { href: '/training', label: 'Training', icon: GraduationCap, letter: 't', keeps: CONFIGS_AND_TIME },
      { href: '/elo', label: 'Elo', icon: TrendingUp, letter: 'l', keeps: CONFIGS_AND_TIME },
      { href: '/models', label: 'Models', icon: Boxes, letter: 'm', keeps: CONFIGS_AND_TIME },
      { href: '/quality', label: 'Quality', icon: Gauge, letter: 'q', keeps: CONFIGS_AND_TIME },
    ],
  },
  {
    label: 'Cluster',
    items: [
      { href: '/nodes', label: 'Nodes', icon: Server, letter: 'n', keeps: TIME },
      { href: '/work', label: 'Work', icon: ListTree, letter: 'w', keeps: CONFIGS_AND_TIME },
    ],
  },
  {
    label: 'Event system',
    items: [
      { href: '/events', label: 'Events', icon: Network, letter: 'e' },
      { href: '/router', label: 'Router', icon: Router, letter: 'r' },
      { href: '/catalogue', label: 'Catalogue', icon: BookOpenText, letter: 'c' },
    ],
  },
  {
    label: 'Operate',
    items: [
      { href: '/actions', label: 'Actions', icon: ClipboardList, letter: 'a' },
      { href: '/settings', label: 'Settings', icon: Settings, letter: 's' },
    ],
  },
];

export const NAV_ITEMS: readonly NavItem[] = NAV_GROUPS.flatMap((group) => group.items);

/** True when `path` is the item's page or a page below it. */
export function isActive(item: NavItem, path: string): boolean {
  return item.href === '/' ? path === '/' : path === item.href || path.startsWith(`${item.href}/`);
}

/**
 * The address of a page of the navigation for somebody who looks at `here`: with the configs and the time chosen there as
 * far as both pages show them. The page itself is led to as it begins, so there is a way to be rid of what was chosen.
 */
export function addressFrom(
  here: { readonly pathname: string; readonly search: string },
  href: string,
): string {
  const known = NAV_ITEMS.find((item) => isActive(item, here.pathname))?.keeps ?? [];
  const wanted = NAV_ITEMS.find((item) => item.href === href)?.keeps ?? [];
  if (here.pathname === href) return href;
  const kept = here.search
    .replace(/^\?/, '')
    .split('&')
    .filter((pair) => {
      const name = pair.split('=', 1)[0] ?? '';
      return known.includes(name) && wanted.includes(name);
    });
  return kept.length === 0 ? href : `${href}?${kept.join('&')}`;
}
