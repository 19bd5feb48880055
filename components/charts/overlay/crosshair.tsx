import type { Box, Frame } from '../frame/frame';
import { markPath } from '../look/look';
import type { Reading } from '../frame/readings';
import { scaleOf, xPx, yPx } from '../frame/shapes';
import type { Cursor } from './use-cursor';

/** The line under the pointer with the points that it reads, or the stretch that is being picked. */
export function Crosshair({
  frame,
  box,
  cursor,
  readings,
  drag,
}: {
  frame: Frame;
  box: Box;
  cursor: Cursor | null;
  readings: readonly Reading[];
  drag: readonly [number, number] | null;
}) {
  return (
    <svg aria-hidden className="pointer-events-none absolute inset-0 size-full overflow-visible">
      {drag !== null && (
        <rect
          x={Math.min(...drag)}
          y={box.y}
          width={Math.abs(drag[1] - drag[0])}
          height={box.height}
          fill="var(--accent)"
          fillOpacity="0.14"
          stroke="var(--accent)"
        />
      )}
      {cursor !== null && drag === null && (
        <>
          <path d={`M${xPx(cursor.at, frame, box)} ${box.y}v${box.height}`} stroke="var(--line-strong)" />
          {readings.map(({ drawn, x, y }) => {
            const scale = scaleOf(frame, drawn);
            if (scale === null || x < frame.x.domain[0]) return null;
            return (
              <path
                key={drawn.series.id}
                d={markPath(drawn.look.mark, xPx(x, frame, box), yPx(y, scale, box), 4)}
                fill="var(--surface)"
                stroke={drawn.look.colour}
                strokeWidth="2"
              />
            );
          })}
        </>
      )}
    </svg>
  );
}
