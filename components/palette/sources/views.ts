import { Bookmark, Star } from 'lucide-react';
import { describeAddress } from '../../views/describe';
import type { CommandSource } from '../command';

export const viewsSource: CommandSource = {
  id: 'views',
  heading: 'Saved views',
  limit: 8,
  atRest: 5,
  kind: 'matched',
  commands: ({ views }) =>
    views.map(({ id, name, address, starred }) => ({
      id: `view:${id}`,
      label: name,
      detail: describeAddress(address),
      icon: starred ? Star : Bookmark,
      does: { href: address },
    })),
};
