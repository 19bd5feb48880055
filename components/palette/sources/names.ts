import type { LucideIcon } from 'lucide-react';
import {
  BookOpenText,
  Boxes,
  GraduationCap,
  Network,
  Send,
  Server,
  TrendingUp,
  Workflow,
} from 'lucide-react';
import type { FoundName } from '@/server/api/shell/palette';
import { modelHref } from '../../models/href';
import { nodeHref } from '../../nodes/href';
import { runHref } from '../../training/href';
import type { Command, CommandSource, PaletteFacts } from '../command';

type Kind = 'nodes' | 'configs' | 'models' | 'runs' | 'types';

/** Where a name leads, and what is said of it there. */
interface Target {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly href: (name: string) => string;
  readonly detail: (found: FoundName) => string;
}

const escaped = encodeURIComponent;
/** Names come from payloads: half a surrogate pair has no place in a URL. */
const inQuery = (name: string): string => escaped(name.replace(/\p{Cs}/gu, '\ufffd'));

function namesSource(
  kind: Kind,
  heading: string,
  limit: number,
  targets: readonly Target[],
  forWhom: (facts: PaletteFacts) => boolean = () => true,
): CommandSource {
  const found = ({ found }: PaletteFacts) => found?.[kind];
  const commandsOf = (name: FoundName): Command[] =>
    targets.map(({ id, icon, href, detail }) => ({
      id: `${id}:${name.name}`,
      label: name.name,
      detail: detail(name),
      icon,
      isName: true,
      does: { href: href(name.name) },
    }));
  return {
    id: targets[0]?.id ?? kind,
    heading,
    limit,
    atRest: 0,
    kind: 'matched',
    commands: (facts) =>
      facts.query === '' || !forWhom(facts) ? [] : (found(facts)?.best ?? []).flatMap(commandsOf),
    more: (facts) => (forWhom(facts) ? (found(facts)?.more ?? 0) : 0),
  };
}

const now = ({ detail }: FoundName): string => detail;

/** Every config is on three pages; its lines stand together. */
const CONFIG_TARGETS: readonly Target[] = [
  {
    id: 'config',
    icon: Workflow,
    href: (name) => `/pipeline?config=${inQuery(name)}`,
    detail: () => 'Pipeline',
  },
  { id: 'config-elo', icon: TrendingUp, href: (name) => `/elo?config=${inQuery(name)}`, detail: () => 'Elo' },
  {
    id: 'config-events',
    icon: Network,
    href: (name) => `/events?config=${inQuery(name)}`,
    detail: () => 'Events',
  },
];

export const NAME_SOURCES: readonly CommandSource[] = [
  namesSource('nodes', 'Nodes', 6, [{ id: 'node', icon: Server, href: nodeHref, detail: now }]),
  namesSource('configs', 'Configs', 6, CONFIG_TARGETS),
  namesSource('models', 'Models', 6, [{ id: 'model', icon: Boxes, href: modelHref, detail: now }]),
  namesSource('runs', 'Training runs', 6, [{ id: 'run', icon: GraduationCap, href: runHref, detail: now }]),
  namesSource('types', 'Events of a type', 5, [
    { id: 'type-events', icon: Network, href: (type) => `/events?type=${inQuery(type)}`, detail: now },
  ]),
  namesSource('types', 'Catalogue', 5, [
    {
      id: 'type',
      icon: BookOpenText,
      href: (type) => `/catalogue?q=${inQuery(type)}&open=${inQuery(type)}`,
      detail: now,
    },
  ]),
  namesSource(
    'types',
    'Send an event of a type',
    3,
    [
      {
        id: 'type-compose',
        icon: Send,
        href: (type) => `/actions/compose?type=${inQuery(type)}`,
        detail: () => 'opens its form',
      },
    ],
    ({ mayAct }) => mayAct,
  ),
];
