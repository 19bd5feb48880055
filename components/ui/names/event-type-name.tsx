import { Fragment } from 'react';
import { cn } from '../cn';
import type { TextSpan } from './marked-text';
import { MarkedText } from './marked-text';

/** The canonical name of an event type, in mono; long names may break at their underscores, nowhere else. */
export function EventTypeName({
  type,
  wrap = false,
  marks = [],
  className,
}: {
  type: string;
  /** False: one line, cut with an ellipsis (the whole name on hover). */
  wrap?: boolean;
  /** Stretches to mark, on one line. */
  marks?: readonly TextSpan[];
  className?: string;
}) {
  return (
    <span
      className={cn('min-w-0 font-mono text-xs', wrap ? 'break-words' : 'truncate', className)}
      title={type}
    >
      {wrap ? (
        type.split('_').map((word, index) => (
          <Fragment key={index}>
            {index > 0 && (
              <>
                _<wbr />
              </>
            )}
            {word}
          </Fragment>
        ))
      ) : (
        <MarkedText text={type} spans={marks} />
      )}
    </span>
  );
}
