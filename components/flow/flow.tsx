'use client';

import type { CSSProperties } from 'react';
import { Suspense, lazy, useMemo, useRef } from 'react';
import { cn } from '@/components/ui/cn';
import type { BoardProps } from './board';
import type { LayoutOf, StepFigures } from './model';
import { StageCard, StepCard } from './step-card';
import { useWidth } from './use-width';

/** The React Flow board, fetched after the first paint. */
const Board = lazy(() =>
  import('./board')
    .then((module) => ({ default: module.Board }))
    .catch((error: unknown) => {
      console.warn('The flow graph could not be loaded; the plain grid stays.', error);
      return { default: StaticFlow };
    }),
);

/** From this width on each diagram runs across the page, and is as high whatever the width. */
const WIDE = 1_112;
/** What the board adds below its layout: the line that names React Flow, as far as it reaches beyond the panel's margin. */
const FOOT = 12;

/**
 * A flow diagram with live figures. The first paint is a plain grid of the same cards, so the numbers are there before
 * the graph library is; it stays if that cannot be loaded.
 * On a wide page it is as high as the graph that takes its place, so that nothing below it jumps.
 */
export function Flow({
  label,
  steps,
  layoutOf,
  stages = false,
}: {
  label: string;
  /** By step id, in reading order. */
  steps: ReadonlyMap<string, StepFigures>;
  /** Keep it stable: the diagram is laid out anew when it changes. */
  layoutOf: LayoutOf;
  stages?: boolean;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const layout = useMemo(() => (width === null ? null : layoutOf(width)), [layoutOf, width]);
  const height = useMemo(() => layoutOf(WIDE).height + FOOT, [layoutOf]);
  return (
    <div ref={frame} className="@container min-w-0" style={{ '--board': `${height}px` } as CSSProperties}>
      {layout === null ? (
        <StaticFlow label={label} steps={steps} stages={stages} />
      ) : (
        <Suspense fallback={<StaticFlow label={label} steps={steps} stages={stages} />}>
          <Board label={label} layout={layout} steps={steps} stages={stages} />
        </Suspense>
      )}
    </div>
  );
}

/** The steps of COLUMN_STEPS in rows.ts, as container queries. */
const STAGE_GRID =
  'grid-cols-1 auto-rows-[78px] gap-x-7 gap-y-5 @min-[620px]:auto-rows-[100px] @min-[620px]:grid-cols-3 @min-[620px]:gap-y-9 @min-[1020px]:grid-cols-5 @min-[1900px]:grid-cols-9';
const STEP_GRID =
  'content-start @min-[1112px]:min-h-(--board) grid-cols-[repeat(auto-fill,minmax(104px,1fr))] auto-rows-[80px] gap-4';

function StaticFlow({ label, steps, stages }: Omit<BoardProps, 'layout'>) {
  return (
    <ol aria-label={label} className={cn('grid pb-3', stages ? STAGE_GRID : STEP_GRID)}>
      {[...steps.values()].map((step) => (
        <li key={step.id} className="min-w-0">
          {stages ? <StageCard step={step} /> : <StepCard step={step} />}
        </li>
      ))}
    </ol>
  );
}
