'use client';

import type { KeyboardEvent } from 'react';
import { useEffect, useRef } from 'react';
import { axisLabels, LABEL_SHIFT } from '@/components/charts/waterfall';
import { cn } from '@/components/ui/cn';
import { formatDuration } from '@/components/ui/format';
import { Th } from '@/components/ui/panel/table';
import type { Chain } from '@/domain/chains';
import { ChainRow } from './event-chain-row';

/** A chain as a table with a waterfall in it. Arrow keys go from event to event; enter opens one. */
export function ChainTable({ chain }: { chain: Chain }) {
  const box = useRef<HTMLDivElement>(null);
  const { members } = chain;
  const scale = Math.max(1, members.at(-1)?.offset ?? 0);
  useEffect(() => {
    const own = box.current?.querySelector<HTMLElement>('[aria-current="true"]');
    if (box.current && own) showInMiddle(box.current, own);
  }, [chain.kind, chain.subject]);
  return (
    <div
      ref={box}
      // As high as its head and fifteen rows, so that none is cut at either end.
      className="relative max-h-116 min-w-0 overflow-auto"
      tabIndex={0}
      role="group"
      aria-label={`Events of the chain ${chain.subject}`}
      onKeyDown={walk}
    >
      <table className="w-full border-collapse text-left text-xs">
        <thead className="sticky top-0 z-10 bg-surface">
          <tr>
            <Th className="sm:min-w-60 xl:min-w-72">Event</Th>
            <Th className="hidden w-full min-w-28 lg:table-cell">
              <Axis scale={scale} />
            </Th>
            <Th className="text-right" title="Since the first event of the chain">
              At
            </Th>
            <Th className="hidden text-right sm:table-cell" title="Since the event before it">
              Gap
            </Th>
            <Th className="hidden md:table-cell">Node</Th>
            <Th className="hidden min-w-24 xl:table-cell">Tied by</Th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <ChainRow key={member.seq} member={member} scale={scale} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Scrolls only the box, the page stays where it is; by whole rows, so that none stands half under the head. */
function showInMiddle(box: HTMLElement, row: HTMLElement): void {
  const head = box.querySelector('thead')?.clientHeight ?? 0;
  const above = Math.max(0, row.offsetTop - box.clientHeight / 2 - head);
  const rows = [...box.querySelectorAll<HTMLElement>('tbody tr')];
  const first = rows.find(({ offsetTop }) => offsetTop - head >= above);
  box.scrollTop = (first?.offsetTop ?? head) - head;
}

function walk(event: KeyboardEvent<HTMLDivElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-chain-event]')];
  const at = links.findIndex((link) => link === document.activeElement);
  const own = links.findIndex((link) => link.closest('[aria-current="true"]'));
  const next = links[at < 0 ? Math.max(0, own) : at + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function Axis({ scale }: { scale: number }) {
  return (
    <>
      <span className="sr-only">Place in time</span>
      <span aria-hidden className="relative block h-4 text-2xs font-normal text-faint">
        {axisLabels(scale).map(({ at, place }, index) => (
          <span
            key={at}
            className={cn(
              'absolute whitespace-nowrap',
              LABEL_SHIFT[place],
              index % 2 === 1 && 'hidden xl:inline',
            )}
            style={{ left: `${(at / scale) * 100}%` }}
          >
            {formatDuration(at)}
          </span>
        ))}
      </span>
    </>
  );
}
