import type { NodeStatus } from '@/domain/realtime/entities';
import { cn } from '../ui/cn';
import { TONE_TEXT } from '../ui/signs/tone';
import { STATUS_TONE } from './status';

/** One outline per status, so that it is readable without colour. */
const SHAPES: Readonly<Record<NodeStatus, React.ReactNode>> = {
  online: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  unhealthy: <path d="M6 1.5 11 10.5H1z" fill="currentColor" />,
  overloaded: <path d="M2 2h8v8H2z" fill="currentColor" />,
  stale: (
    <circle
      cx="6"
      cy="6"
      r="4"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeDasharray="2.6 1.6"
    />
  ),
  offline: <path d="M2.2 2.2l7.6 7.6M9.8 2.2 2.2 9.8" stroke="currentColor" strokeWidth="2.4" />,
  unknown: <path d="M2.5 6h7" stroke="currentColor" strokeWidth="2" />,
};

export function StatusShape({ status }: { status: NodeStatus }) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden className={cn('size-2.5 shrink-0', TONE_TEXT[STATUS_TONE[status]])}>
      {SHAPES[status]}
    </svg>
  );
}

/** The status as shape, colour and word. */
export function StatusWord({ status }: { status: NodeStatus }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <StatusShape status={status} />
      {status}
    </span>
  );
}
