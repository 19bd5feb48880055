import { addressFrom, NAV_ITEMS } from '../../shell/nav/nav-items';
import type { CommandSource } from '../command';

export const pagesSource: CommandSource = {
  id: 'pages',
  heading: 'Pages',
  limit: 6,
  atRest: NAV_ITEMS.length,
  kind: 'matched',
  commands: ({ here }) =>
    NAV_ITEMS.map(({ href, label, icon, letter }) => ({
      id: `page:${href}`,
      label,
      also: href,
      icon,
      keys: ['g', letter],
      does: { href: addressFrom(here, href) },
    })),
};
