'use client';

import type { Node, NodeProps } from '@xyflow/react';
import { Handle, Position, ReactFlow } from '@xyflow/react';
import type { RefObject } from 'react';
import { memo, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { Counts } from './carried';
import { carriedSince, countsOf } from './carried';
import './flow.css';
import type { BoardEdge } from './flow-edge';
import { FlowEdgeView } from './flow-edge';
import type { FlowBox, FlowLayout, FlowRoute, StepFigures } from './model';
import { edgeId } from './model';
import type { PulseTracks } from './pulses';
import { PulseContext, StepsContext } from './pulses';
import { StageCard, StepCard } from './step-card';

type BoardNode = Node<{ stage: boolean }, 'step'>;

const NODE_TYPES = { step: BoardStep };
const EDGE_TYPES = { flow: FlowEdgeView };
/** React Flow asks to be named; its line stands in the margin below the diagram, not on a card. */
const CREDIT_HEIGHT = 24;
const VIEWPORT = { x: 0, y: 0, zoom: 1 };

export interface BoardProps {
  readonly label: string;
  readonly layout: FlowLayout;
  readonly steps: ReadonlyMap<string, StepFigures>;
  readonly stages: boolean;
}

/**
 * A flow diagram in React Flow. Its places come from the layout and its zoom is always 1: the page scrolls, the board
 * does not. What an operator can do here is open a step's events, and the cards themselves are the links for that.
 */
export function Board({ label, layout, steps, stages }: BoardProps) {
  const [tracks] = useState<PulseTracks>(() => new Map());
  const frame = useRef<HTMLDivElement>(null);
  const seen = useInView(frame);
  usePulses(tracks, layout, steps, seen);
  const nodes = useMemo(() => layout.boxes.map((box) => nodeOf(box, stages)), [layout, stages]);
  const edges = useMemo(() => layout.routes.map(edgeOf), [layout]);
  return (
    <PulseContext value={tracks}>
      <StepsContext value={steps}>
        <div ref={frame} className="flow-board -mb-3" style={{ height: layout.height + CREDIT_HEIGHT }}>
          <Picture label={label} nodes={nodes} edges={edges} />
        </div>
      </StepsContext>
    </PulseContext>
  );
}

const Picture = memo(function Picture({
  label,
  nodes,
  edges,
}: {
  label: string;
  nodes: BoardNode[];
  edges: BoardEdge[];
}) {
  return (
    <ReactFlow<BoardNode, BoardEdge>
      aria-label={label}
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      defaultViewport={VIEWPORT}
      minZoom={1}
      maxZoom={1}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      panOnDrag={false}
      panOnScroll={false}
      zoomOnScroll={false}
      zoomOnPinch={false}
      zoomOnDoubleClick={false}
      preventScrolling={false}
      autoPanOnNodeFocus={false}
      disableKeyboardA11y
    />
  );
});

/** React Flow draws no edge without handles, although ours run along routes of their own. */
function BoardStep({ id, data }: NodeProps<BoardNode>) {
  const step = useContext(StepsContext).get(id);
  if (!step) return null;
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      {data.stage ? <StageCard step={step} /> : <StepCard step={step} />}
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </>
  );
}

function nodeOf({ id, x, y, width, height }: FlowBox, stage: boolean): BoardNode {
  return { id, type: 'step', position: { x, y }, width, height, data: { stage } };
}

function edgeOf({ edge, points }: FlowRoute): BoardEdge {
  return {
    id: edgeId(edge),
    type: 'flow',
    source: edge.from,
    target: edge.to,
    data: { points, label: edge.label },
  };
}

/** Whether any of it can be seen where the page is scrolled to; read without rendering. */
function useInView(frame: RefObject<HTMLElement | null>): RefObject<boolean> {
  const seen = useRef(false);
  useEffect(() => {
    if (frame.current === null) return;
    const screen = new IntersectionObserver((entries) => {
      seen.current = entries.at(-1)?.isIntersecting === true;
    });
    screen.observe(frame.current);
    return () => screen.disconnect();
  }, [frame]);
  return seen;
}

/**
 * Compares each new state with the one before and sends what the edges carried on its way. Where nobody sees it nothing is
 * sent: a pulse is a layer that the browser makes, moves and drops.
 */
function usePulses(
  tracks: PulseTracks,
  layout: FlowLayout,
  steps: ReadonlyMap<string, StepFigures>,
  seen: RefObject<boolean>,
): void {
  const before = useRef<Counts>(new Map());
  useEffect(() => {
    const edges = layout.routes.map((route) => route.edge);
    if (seen.current)
      for (const [id, events] of carriedSince(before.current, steps, edges)) tracks.get(id)?.add(events);
    before.current = countsOf(steps.values());
  }, [tracks, layout, steps, seen]);
}
