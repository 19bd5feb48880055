import { formatElo } from '@/components/ui/format';
import { useNow } from '@/components/ui/time/clock';
import { Time } from '@/components/ui/time/time';
import type { EloSummary } from '@/server/api/pages/elo/summary';
import { signed } from '../_curves/curves';
import { EventIdLink } from '../event-id-link';

type Projection = EloSummary['projection'];

/** Sorts what is reached first, then by date, then what is out of reach. */
export function projectionValue(projection: Projection): number | null {
  if (projection.kind === 'reached' || projection.kind === 'ahead') return projection.at;
  return projection.kind === 'out_of_reach' ? 1e11 : null;
}

/** When the target is reached, and how well that is known. */
export function ProjectionText({
  row: { projection, current, target },
}: {
  row: Pick<EloSummary, 'projection' | 'current' | 'target'>;
}) {
  switch (projection.kind) {
    case 'reached':
      return (
        <span className="flex flex-col items-start whitespace-nowrap text-ok">
          reached
          <EventIdLink id={projection.id}>
            <Time at={projection.at} format="minute" className="text-2xs" />
          </EventIdLink>
        </span>
      );
    case 'unknown':
      return (
        <span className="explained whitespace-nowrap text-faint" title="fewer than 5 in 24 h">
          too few ratings
        </span>
      );
    case 'out_of_reach':
      return (
        <span
          className="explained whitespace-nowrap text-warn"
          title={`${signed(projection.velocity)} Elo/h`}
        >
          not at this pace
        </span>
      );
    case 'ahead':
      return <Ahead projection={projection} below={(target ?? 0) - (current ?? 0)} />;
  }
}

type Expected = Extract<Projection, { kind: 'ahead' }>;

/** A moment to come; where the line is at the target already but no rating is, how far below the newest one is. */
function Ahead({ projection, below }: { projection: Expected; below: number }) {
  const now = useNow();
  if (projection.at > now)
    return (
      <span className="flex flex-col whitespace-nowrap">
        <Time at={projection.at} format="minute" />
        <span className="text-2xs text-faint">{spread(projection)}</span>
      </span>
    );
  return (
    <span
      className="flex flex-col whitespace-nowrap"
      title="The line through the ratings of the last 24 h is at the target, no rating is yet: the newest is so far below"
    >
      <span className="explained">{formatElo(below)} Elo below</span>
      <span className="text-2xs text-faint">though the line is there</span>
    </span>
  );
}

/** The 95 % bounds as time before and after: −2.9 h, +3.5 h. */
function spread({ at, earliest, latest }: Expected): string {
  const after = latest === null ? 'open end' : `+${span(latest - at)}`;
  return `−${span(at - earliest)}, ${after}`;
}

function span(seconds: number): string {
  const hours = seconds / 3_600;
  if (hours < 1) return `${Math.round(seconds / 60)} min`;
  return hours < 48 ? `${hours.toFixed(1)} h` : `${(hours / 24).toFixed(1)} d`;
}
