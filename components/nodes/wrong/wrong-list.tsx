'use client';

import { useState } from 'react';
import { Button } from '../../ui/controls/button';
import { formatCount } from '../../ui/format';
import { ToneShape } from '../../ui/signs/status-dot';
import { Age } from '../../ui/time/time';
import { EventsLink, NodeLink } from '../node-link';
import type { WrongGroup, WrongItem } from './wrong-kinds';

/** Items of a group in view before one asks for more. */
const FEW = 5;

/** Everything that is wrong, gravest first, each with the event that says so. */
export function WrongList({ groups }: { groups: readonly WrongGroup[] }) {
  return (
    <div className="grid gap-x-6 gap-y-3 lg:grid-cols-2">
      {groups.map((group) => (
        <Group key={group.id} group={group} />
      ))}
    </div>
  );
}

function Group({ group: { title, hint, tone, items } }: { group: WrongGroup }) {
  const [all, setAll] = useState(false);
  const shown = all ? items.slice(0, 200) : items.slice(0, FEW);
  return (
    <section className="min-w-0">
      <h3
        className="flex min-w-0 flex-wrap items-center gap-x-1.5 text-xs font-semibold sm:flex-nowrap"
        title={hint}
      >
        <ToneShape tone={tone} />
        {title}
        <span className="font-normal text-faint">{formatCount(items.length)}</span>
        <span className="min-w-0 font-normal text-faint sm:truncate">{hint}</span>
      </h3>
      <ul className="mt-1 flex flex-col gap-0.5 pl-4 text-xs">
        {shown.map((item) => (
          <Line key={`${item.node ?? ''} ${item.text}`} item={item} />
        ))}
      </ul>
      {items.length > FEW && (
        <Button variant="ghost" className="mt-0.5 ml-2" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Fewer' : `${formatCount(items.length - FEW)} more`}
        </Button>
      )}
    </section>
  );
}

function Line({ item: { node, text, since, href } }: { item: WrongItem }) {
  return (
    <li className="min-w-0 break-words">
      {node !== null && (
        <>
          <NodeLink node={node} />{' '}
        </>
      )}
      <span className="text-dim">{text}</span>{' '}
      <EventsLink href={href}>{since === null ? 'events' : <Age at={since} />}</EventsLink>
    </li>
  );
}
