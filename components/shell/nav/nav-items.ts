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
}

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
      { href: '/pipeline', label: 'Pipeline', icon: Workflow, letter: 'p' },
      { href: '/training', label: 'Training', icon: GraduationCap, letter: 't' },
      { href: '/elo', label: 'Elo', icon: TrendingUp, letter: 'l' },
      { href: '/models', label: 'Models', icon: Boxes, letter: 'm' },
      { href: '/quality', label: 'Quality', icon: Gauge, letter: 'q' },
    ],
  },
  {
    label: 'Cluster',
    items: [
      { href: '/nodes', label: 'Nodes', icon: Server, letter: 'n' },
      { href: '/work', label: 'Work', icon: ListTree, letter: 'w' },
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
