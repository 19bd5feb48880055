import { memo, type CSSProperties } from 'react';
import { cn } from '../../ui/cn';
import { TONE_SOFT } from '../../ui/signs/tone';
import type { FleetNode } from '../fleet/fleet';
import { lookOf } from './grid-look';
import { nodeHref } from '../href';
import { STATUS_TONE } from '../status';

/**
 * A node in a fleet of many: its status as shape and colour, its load as a bar on the floor, what else is wrong as a
 * letter. Drawn anew only when the node changed, and as one element, so that a thousand may do so.
 */
export const GridCell = memo(function GridCell({
  node,
  worse,
  index,
  tabbable,
}: {
  node: FleetNode;
  worse: boolean;
  index: number;
  tabbable: boolean;
}) {
  const { status, load, mark, label } = lookOf(node, worse);
  const style: CSSProperties & Record<'--load' | '--load-colour', unknown> = {
    '--load': load ?? 0,
    '--load-colour': load !== null && load >= 9 ? 'var(--warn)' : undefined,
  };
  return (
    <a
      href={nodeHref(node.node)}
      aria-label={label}
      data-index={index}
      data-status={status}
      data-mark={mark}
      tabIndex={tabbable ? 0 : -1}
      className={cn('node-cell', TONE_SOFT[STATUS_TONE[status]])}
      style={style}
    />
  );
});
