import type { Edge, EdgeProps } from '@xyflow/react';
import { EdgeLabelRenderer } from '@xyflow/react';
import { memo, useCallback, useContext } from 'react';
import { edgePath } from './edge-path';
import type { Point } from './model';
import { PulseTrack } from './pulse-track';
import { PulseContext, StepsContext } from './pulses';

export type BoardEdge = Edge<{ points: readonly Point[]; label: string | undefined }, 'flow'>;

const NOWHERE: readonly Point[] = [];
const ARROW = 5;
const THINNEST = 1.25;
const THICKEST = 4;

/** The busier, the thicker: by the magnitude of the rate, so that 10/h and 10,000/h both show. */
export function edgeWidth(ratePerHour: number): number {
  return Math.min(THICKEST, THINNEST + Math.log10(1 + Math.max(0, ratePerHour)) * 0.7);
}

/** An edge along its precomputed route. Its pulses run in a layer of their own, see PulseTrack. */
export function FlowEdgeView({ id, target, data }: EdgeProps<BoardEdge>) {
  const ratePerHour = useContext(StepsContext).get(target)?.ratePerHour ?? 0;
  const points = data?.points ?? NOWHERE;
  return (
    <>
      <path
        d={edgePath(points)}
        className="flow-edge"
        strokeWidth={edgeWidth(ratePerHour)}
        data-idle={ratePerHour === 0 ? '' : undefined}
      />
      <path d={arrowHead(points)} fill="var(--line-strong)" />
      <EdgeLabel points={points} label={data?.label} />
      <PulseLayer id={id} points={points} />
    </>
  );
}

const PulseLayer = memo(function PulseLayer({ id, points }: { id: string; points: readonly Point[] }) {
  const tracks = useContext(PulseContext);
  const track = useCallback(
    (layer: HTMLDivElement) => {
      const made = new PulseTrack(layer, points);
      tracks.set(id, made);
      return () => {
        made.stop();
        tracks.delete(id);
      };
    },
    [id, points, tracks],
  );
  return (
    <EdgeLabelRenderer>
      <div ref={track} aria-hidden />
    </EdgeLabelRenderer>
  );
});

function arrowHead(points: readonly Point[]): string {
  const [from, tip] = [points.at(-2), points.at(-1)];
  if (!from || !tip) return '';
  const [dx, dy] = [Math.sign(tip[0] - from[0]), Math.sign(tip[1] - from[1])];
  const [bx, by] = [tip[0] - dx * ARROW, tip[1] - dy * ARROW];
  return `M${tip[0]} ${tip[1]}L${bx - dy * ARROW * 0.8} ${by - dx * ARROW * 0.8}L${bx + dy * ARROW * 0.8} ${by + dx * ARROW * 0.8}Z`;
}

/** Only where the edge runs straight for long enough to carry words. */
function EdgeLabel({ points, label }: { points: readonly Point[]; label: string | undefined }) {
  if (label === undefined) return null;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]];
    if (a && b && a[1] === b[1] && Math.abs(b[0] - a[0]) > label.length * 6 + 16) {
      return (
        <text className="flow-edge-label" x={(a[0] + b[0]) / 2} y={a[1] - 4} textAnchor="middle">
          {label}
        </text>
      );
    }
  }
  return null;
}
