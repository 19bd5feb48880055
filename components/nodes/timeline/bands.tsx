import type { NodeStatus } from '@/domain/realtime/entities';
import type { WireBand } from '@/server/api/pages/nodes';
import { formatDuration } from '../../ui/format';
import { formatUtc } from '../../ui/time/time-format';
import { TONE_VAR } from '../../ui/signs/tone';
import { BAND_HEIGHT, STATUS_ORDER, STATUS_TONE } from '../status';

/** The states of a node over a window as bands: the graver, the higher. Read aloud as shares of the window. */
export function Bands({
  bands,
  since,
  until,
  label,
  height = 18,
  onPick,
}: {
  bands: readonly WireBand[];
  since: number;
  until: number;
  label: string;
  height?: number;
  /** Called with the seq of the event that began a band. */
  onPick?: (seq: number) => void;
}) {
  const span = Math.max(1, until - since);
  return (
    <svg
      role="img"
      aria-label={`${label}: ${sayShares(bands, span)}`}
      viewBox={`0 0 1000 ${height}`}
      preserveAspectRatio="none"
      className="block w-full"
      style={{ height }}
    >
      <rect x="0" y={height - 1} width="1000" height="1" fill="var(--line)" />
      {bands.map(([from, to, status, seq]) => (
        <rect
          key={from}
          x={((from - since) / span) * 1000}
          // At least a pixel or so: a short outage must be seen.
          width={Math.max(1.2, ((to - from) / span) * 1000)}
          y={height * (1 - BAND_HEIGHT[status])}
          height={height * BAND_HEIGHT[status]}
          fill={`var(${TONE_VAR[STATUS_TONE[status]]})`}
          className={seq !== null && onPick !== undefined ? 'cursor-pointer' : undefined}
          onClick={seq === null || onPick === undefined ? undefined : () => onPick(seq)}
        >
          <title>{sayBand(status, from, to)}</title>
        </rect>
      ))}
    </svg>
  );
}

function sayBand(status: NodeStatus, from: number, to: number): string {
  return `${status} for ${formatDuration(to - from)}, from ${formatUtc(from)}`;
}

/** "online 97 %, offline 3 %" */
export function sayShares(bands: readonly WireBand[], span: number): string {
  const shares = STATUS_ORDER.toReversed().flatMap((status) => {
    const seconds = bands.reduce((sum, [from, to, each]) => sum + (each === status ? to - from : 0), 0);
    return seconds === 0 ? [] : [`${status} ${((seconds / span) * 100).toFixed(1)} %`];
  });
  return shares.join(', ') || 'nothing known';
}
