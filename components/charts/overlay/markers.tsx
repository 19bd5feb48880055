import Link from 'next/link';
import { cn } from '../../ui/cn';
import type { Tone } from '../../ui/signs/tone';
import { TONE_TEXT } from '../../ui/signs/tone';
import { cssLeft, type Box, type Frame } from '../frame/frame';
import { letterOf, worstTone, type MarkerGroup } from '../frame/groups';
import { toneColour } from '../look/look';

/** One outline per tone, as elsewhere: round is well, a roof is a warning, corners are bad. */
const CLIP: Readonly<Record<Tone, string>> = {
  ok: 'circle(50%)',
  busy: 'circle(50%)',
  info: 'inset(0 round 4px)',
  off: 'inset(0 round 4px)',
  warn: 'polygon(50% 0, 100% 45%, 100% 100%, 0 100%, 0 45%)',
  bad: 'polygon(50% 0, 100% 50%, 50% 100%, 0 50%)',
  crit: 'polygon(30% 0, 70% 0, 100% 30%, 100% 70%, 70% 100%, 30% 100%, 0 70%, 0 30%)',
};

/**
 * Vertical marks with a letter on top. One mark opens its event; several together zoom to where they lie apart. By
 * keyboard they are reached with the crosshair, so they are no tab stops of their own.
 */
export function Markers({
  groups,
  frame,
  box,
  onHover,
  onZoom,
}: {
  groups: readonly MarkerGroup[];
  frame: Frame;
  box: Box;
  onHover: (x: number | null) => void;
  onZoom: (group: MarkerGroup) => void;
}) {
  return groups.map((group) => {
    const left = cssLeft(group.from, frame);
    return (
      <div
        key={`${group.from} ${group.markers[0]?.label ?? ''}`}
        onPointerEnter={() => onHover(group.from)}
        onPointerLeave={() => onHover(null)}
      >
        <span
          aria-hidden
          className="pointer-events-none absolute w-px opacity-35"
          style={{
            left,
            top: box.y - 3,
            height: box.height + 3,
            background: `repeating-linear-gradient(to bottom, ${toneColour(worstTone(group.markers))} 0 3px, transparent 3px 6px)`,
          }}
        />
        <Head group={group} left={left} top={Math.max(0, box.y - 21)} onZoom={onZoom} />
      </div>
    );
  });
}

/** What a press on a mark does: open its event, or zoom to a crowd. */
function Head({
  group,
  left,
  top,
  onZoom,
}: {
  group: MarkerGroup;
  left: string;
  top: number;
  onZoom: (group: MarkerGroup) => void;
}) {
  const { markers, from, to } = group;
  const [only, ...others] = markers;
  if (only === undefined) return null;
  const tone = worstTone(markers);
  const place = {
    className: cn('absolute -translate-x-1/2', TONE_TEXT[tone]),
    style: { left, top },
    tabIndex: -1,
  };
  const name = markers.map(({ label }) => label).join('; ');
  const badge = <MarkBadge tone={tone} text={others.length === 0 ? letterOf(only) : `${markers.length}`} />;
  if (others.length === 0 && only.event !== null) {
    return (
      <Link
        href={`/events/${encodeURIComponent(only.event.event_id)}`}
        prefetch={false}
        aria-label={name}
        {...place}
      >
        {badge}
      </Link>
    );
  }
  if (from < to) {
    return (
      <button type="button" aria-label={`Zoom to ${name}`} onClick={() => onZoom(group)} {...place}>
        {badge}
      </button>
    );
  }
  return (
    <span role="img" aria-label={name} {...place}>
      {badge}
    </span>
  );
}

export function MarkBadge({ tone, text }: { tone: Tone; text: string }) {
  return (
    <span
      className="flex size-[18px] shrink-0 items-center justify-center text-[10px] leading-none font-semibold"
      style={{ background: toneColour(tone), color: 'var(--surface)', clipPath: CLIP[tone] }}
    >
      {text}
    </span>
  );
}
