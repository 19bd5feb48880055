import { Boxes, Send, Zap } from 'lucide-react';
import { FORMS } from '@/domain/actions/declared';
import type { Command, CommandSource } from '../command';

const COMMANDS: readonly Command[] = [
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
  {
    id: 'action:compose',
    label: 'Send an event of any type…',
    detail: 'a form made from its entry in the catalogue',
    also: 'compose publish',
    icon: Send,
    does: { href: '/actions/compose' },
  },
];

/** What can be asked of the cluster, each with its form; champions are decided where their evidence is. */
export const actionsSource: CommandSource = {
  id: 'actions',
  heading: 'Actions',
  limit: 6,
  atRest: 0,
  kind: 'matched',
  commands: ({ mayAct }) => (mayAct ? COMMANDS : []),
};
