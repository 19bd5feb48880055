'use client';

import './grid.css';

import type { KeyboardEvent, MouseEvent, PointerEvent, FocusEvent } from 'react';
import { useRef, useState } from 'react';
import type { FleetNode } from '../fleet/fleet';
import { GridCard } from './grid-card';
import { GridCell } from './grid-cell';
import { GridLegend } from './grid-legend';
import { nodeHref } from '../href';
import { NodeStrip } from './node-strip';

const CELL_PX = 36;
const CARD_PX = 190;
/** Up to so many nodes there is room for a card each. */
const FEW = 60;

function indexOf(target: EventTarget | null): number | null {
  const cell = target instanceof Element ? target.closest('[data-index]') : null;
  return cell === null ? null : Number(cell.getAttribute('data-index'));
}

/** A step of the arrow keys: sideways one cell, up and down one row. */
function step(key: string, columns: number): number | null {
  if (key === 'ArrowRight') return 1;
  if (key === 'ArrowLeft') return -1;
  if (key === 'ArrowDown') return columns;
  return key === 'ArrowUp' ? -columns : null;
}

/**
 * The fleet as cards, or for many nodes as small cells: one stop of the tab key, arrow keys move, Enter opens. Above
 * cells a line says all about the one that is pointed at.
 */
export function FleetGrid({
  nodes,
  worse,
  onOpen,
}: {
  nodes: readonly FleetNode[];
  worse: ReadonlySet<string>;
  onOpen: (href: string) => void;
}) {
  const grid = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string | null>(null);
  const [shown, setShown] = useState<string | null>(null);
  const few = nodes.length <= FEW;
  const place = Math.max(0, active === null ? 0 : nodes.findIndex(({ node }) => node === active));
  const show = (event: PointerEvent | FocusEvent): void => {
    const index = indexOf(event.target);
    if (index !== null) setShown(nodes[index]?.node ?? null);
  };
  const move = (event: KeyboardEvent): void => {
    const columns = gridColumns(grid.current);
    const by = step(event.key, columns);
    const from = indexOf(event.target);
    if (by === null || from === null) return;
    event.preventDefault();
    const to = nodes[from + by] === undefined ? from : from + by;
    setActive(nodes[to]?.node ?? null);
    grid.current?.querySelector<HTMLElement>(`[data-index="${to}"]`)?.focus();
  };
  const open = (event: MouseEvent): void => {
    const index = indexOf(event.target);
    const node = index === null ? undefined : nodes[index];
    if (node === undefined || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onOpen(nodeHref(node.node));
  };
  return (
    <div>
      {!few && <NodeStrip node={nodes.find(({ node }) => node === shown)} worse={worse} />}
      <div
        ref={grid}
        role="group"
        aria-label="Fleet as a grid"
        data-keys="grid"
        className={few ? 'grid gap-2 p-3' : 'grid gap-1 p-3'}
        style={{ gridTemplateColumns: `repeat(auto-fill, minmax(${few ? CARD_PX : CELL_PX}px, 1fr))` }}
        onPointerOver={show}
        onFocus={show}
        onKeyDown={move}
        onClick={open}
      >
        {nodes.map((node, index) => {
          const Cell = few ? GridCard : GridCell;
          const tabbable = index === place;
          return <Cell key={node.node} {...{ node, index, tabbable }} worse={worse.has(node.node)} />;
        })}
      </div>
      <GridLegend />
    </div>
  );
}

function gridColumns(grid: HTMLElement | null): number {
  return grid === null ? 1 : getComputedStyle(grid).gridTemplateColumns.split(' ').length;
}
