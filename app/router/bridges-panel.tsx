import { memo, type ReactNode } from 'react';
import { useTopic } from '@/app/_client/live/live-provider';
import { ProgressBar } from '@/components/live/progress-bar';
import { byName, sorted } from '@/components/live/rows';
import { Badge } from '@/components/ui/signs/badge';
import { ServerElapsed } from '@/components/ui/time/elapsed';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount, formatFixed } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { BRIDGE_TONE, TONE_SOFT } from '@/components/ui/signs/tone';
import { cn } from '@/components/ui/cn';
import type { BridgeEntity } from '@/domain/realtime/entities';

const KINDS: Readonly<Record<BridgeEntity['kind'], string>> = {
  events_db: 'RingRift events.db',
  nats: 'NATS JetStream',
};

/** How each bridge to a log of others stands. */
export const BridgesPanel = memo(function BridgesPanel({ className }: { className: string }) {
  const bridges = useTopic<BridgeEntity>('router.bridges');
  return (
    <Panel title="Bridges" hint="to the logs that other processes share" className={className}>
      <BridgeList bridges={sorted(bridges, (a, b) => byName(a.name, b.name))} />
    </Panel>
  );
});

function BridgeList({ bridges }: { bridges: readonly BridgeEntity[] }) {
  if (bridges.length === 0)
    return <Empty title="No bridge runs">This server only knows what is published to it.</Empty>;
  return (
    <ul className="flex flex-col gap-4">
      {bridges.map((bridge) => (
        <li key={bridge.name}>
          <Bridge bridge={bridge} />
        </li>
      ))}
    </ul>
  );
}

function Bridge({ bridge }: { bridge: BridgeEntity }) {
  const tone = BRIDGE_TONE[bridge.state];
  return (
    <article aria-label={bridge.name} className="flex min-w-0 flex-col gap-2">
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-medium">{bridge.name}</h3>
        <Badge tone={tone} shape>
          {bridge.state}
        </Badge>
        <span className="text-xs text-faint">
          for <ServerElapsed at={bridge.since} />
        </span>
        <span className="text-xs text-dim">{KINDS[bridge.kind]}</span>
        <span className="min-w-0 font-mono text-xs break-all text-dim">{bridge.place}</span>
      </div>
      {bridge.detail !== null && (
        <p role="status" className={cn('rounded px-2 py-1.5 text-sm', TONE_SOFT[tone])}>
          {bridge.detail}
        </p>
      )}
      {bridge.progress !== null && (
        <ProgressBar what="Reading what was written before" {...bridge.progress} />
      )}
      <dl className="grid grid-cols-[repeat(auto-fill,minmax(9.25rem,1fr))] gap-x-3 gap-y-1 text-xs">
        <Figure name="Lag">
          {bridge.lag_ms === null ? 'unknown' : `${formatFixed(bridge.lag_ms, 0)} ms`}
        </Figure>
        <Figure name="Read up to row">{formatCount(bridge.read_row_id)}</Figure>
        <Figure name="Rows read">{formatCount(bridge.rows_read)}</Figure>
        <Figure name="Forwarded">{formatCount(bridge.rows_forwarded)}</Figure>
        <Figure name="Waiting in the outbox">{formatCount(bridge.outbox_pending)}</Figure>
        <Figure name="Dead letters">{formatCount(bridge.dead_letters)}</Figure>
      </dl>
    </article>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-faint">{name}</dt>
      <dd className="tabular-nums">{children}</dd>
    </div>
  );
}
