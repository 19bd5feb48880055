import { Boxes, Zap } from 'lucide-react';
import { FORMS } from '@/domain/actions/declared';
import type { CommandSource } from '../command';

/** What can be asked of the cluster, each with its form; champions are decided where their evidence is. */
export const actionsSource: CommandSource = {
  id: 'actions',
  heading: 'Actions',
  limit: 6,
  atRest: 0,
  kind: 'matched',
  commands: () => [
    {
      id: 'action:champions',
      label: 'Promote a model or roll a champion back',
      detail: 'choose it among the models',
      also: 'promotion rollback champion',
      icon: Boxes,
      does: { href: '/models' },
    },
    ...FORMS.map(({ kind, title, says }) => ({
      id: `action:${kind}`,
      label: `${title}…`,
      detail: says,
      also: kind,
      icon: Zap,
      does: { href: `/actions?ask=${encodeURIComponent(kind)}` },
    })),
  ],
};
