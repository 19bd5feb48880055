import type { Leadership } from '@/server/api/pages/nodes';
import { formatDuration } from '../../ui/format';
import { Time } from '../../ui/time/time';
import { formatUtc } from '../../ui/time/time-format';

/** Who led when, one row per leader with its terms as bars, and quorum below. Losses are gaps. */
export function LeadershipBands({ data, onPick }: { data: Leadership; onPick: (seq: number) => void }) {
  const { since, until, reigns, quorum } = data;
  const leaders = [...new Set(reigns.flatMap(({ leader }) => leader ?? []))].slice(-12);
  const rows = leaders.map((leader) => ({
    name: leader,
    bars: reigns
      .filter((reign) => reign.leader === leader)
      .map(({ from, to, term, seq }) => ({
        from,
        to,
        seq,
        text: term === null ? 'led' : `led, term ${term}`,
      })),
  }));
  const lost = reigns.filter(({ leader }) => leader === null);
  return (
    <div className="flex flex-col gap-1 text-xs">
      {rows.map(({ name, bars }) => (
        <Row key={name} name={name} tone="var(--accent)" {...{ bars, since, until, onPick }} />
      ))}
      <Row
        name="no leader"
        tone="var(--crit)"
        bars={lost.map(({ from, to, seq }) => ({ from, to, seq, text: 'no leader' }))}
        {...{ since, until, onPick }}
      />
      <Row
        name="no quorum"
        tone="var(--crit)"
        bars={quorum
          .filter(({ held }) => !held)
          .map(({ from, to, seq }) => ({ from, to, seq, text: 'no quorum' }))}
        {...{ since, until, onPick }}
      />
      <div className="grid grid-cols-[8rem_minmax(0,1fr)] gap-2 text-2xs text-faint">
        <span />
        <span className="flex justify-between">
          <Time at={since} />
          <Time at={until} />
        </span>
      </div>
    </div>
  );
}

type Bar = { from: number; to: number; seq: number; text: string };

function Row({
  name,
  bars,
  tone,
  since,
  until,
  onPick,
}: {
  name: string;
  bars: readonly Bar[];
  tone: string;
  since: number;
  until: number;
  onPick: (seq: number) => void;
}) {
  const span = Math.max(1, until - since);
  const seconds = bars.reduce((sum, { from, to }) => sum + to - from, 0);
  return (
    <div className="grid grid-cols-[8rem_minmax(0,1fr)] items-center gap-2">
      <span className="truncate font-mono text-dim" title={name}>
        {name}
      </span>
      <svg
        role="img"
        aria-label={`${name}: ${bars.length} stretches, ${formatDuration(seconds)} in all`}
        viewBox="0 0 1000 14"
        preserveAspectRatio="none"
        className="h-3.5 w-full bg-raised"
      >
        {bars.map(({ from, to, seq, text }) => (
          <rect
            key={seq}
            x={((from - since) / span) * 1000}
            width={Math.max(1.5, ((to - from) / span) * 1000 - 1)}
            height="14"
            fill={tone}
            className="cursor-pointer"
            onClick={() => onPick(seq)}
          >
            <title>{`${text} for ${formatDuration(to - from)}, from ${formatUtc(from)}`}</title>
          </rect>
        ))}
      </svg>
    </div>
  );
}
