import { useEntity } from '@/app/_client/live/live-provider';
import { Badge } from '@/components/ui/signs/badge';
import { ServerElapsed } from '@/components/ui/time/elapsed';
import { Empty } from '@/components/ui/panel/empty';
import {
  formatBytes,
  formatCompact,
  formatCount,
  formatFixed,
  formatPlural,
  formatRate,
} from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Spark } from '@/components/ui/values/spark';
import { Stat } from '@/components/ui/panel/stat';
import type { TrafficEntity } from '@/domain/realtime/entities';
import type { RouterReport } from '@/server/live/runtime/router-report';
import type { RouterFigures as Status } from '@/server/live/runtime/runtime-topics';

interface Props {
  /** Events refused since the start, by the code of their refusal, most first. */
  rejections: RouterReport['rejected_by_code'];
}

export function RouterFigures({ rejections }: Props) {
  const status = useEntity<Status>('router.status', 'router');
  return (
    <Panel
      title="Router"
      hint={
        status === undefined ? undefined : (
          <>
            running for <ServerElapsed at={status.started_at} />; counts are since its start
          </>
        )
      }
      header={status !== undefined && <HistoryState history={status.history} />}
    >
      {status === undefined ? (
        <Empty title="The router has not reported yet">It does so every second once it runs.</Empty>
      ) : (
        <Figures status={status} rejections={rejections} />
      )}
    </Panel>
  );
}

function Figures({ status, rejections }: Props & { status: Status }) {
  const traffic = useEntity<TrafficEntity>('traffic.total', 'all');
  const waiting = status.in_flight + status.queued;
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3 lg:grid-cols-5 2xl:grid-cols-10">
      <Stat
        label="Events"
        value={formatRate(status.events_per_second)}
        unit="/s"
        hint={
          <Spark
            values={status.spark}
            label="Events per second over the last minute"
            height={16}
            width={96}
          />
        }
      />
      <Stat label="Peak" value={formatRate(status.peak_events_per_second)} unit="/s" hint="in one second" />
      <Stat label="Stored" value={formatCount(status.stored)} hint={rejected(status.rejected, rejections)} />
      <Stat label="Duplicates" value={formatCount(status.duplicates)} hint="prevented" />
      <Stat
        label="Commit p95"
        value={formatFixed(status.commit_ms_p95)}
        unit="ms"
        hint={`p50 ${formatFixed(status.commit_ms_p50)}, p99 ${formatFixed(status.commit_ms_p99)} ms`}
      />
      <Stat
        label="Delivery p95"
        value={formatFixed(status.delivery_ms.p95)}
        unit={status.delivery_ms.p95 === null ? undefined : 'ms'}
        hint={
          status.delivery_ms.p95 === null
            ? 'nothing delivered yet'
            : `p50 ${formatFixed(status.delivery_ms.p50)}, p99 ${formatFixed(status.delivery_ms.p99)} ms`
        }
      />
      <Stat
        label="Waiting"
        value={formatCount(waiting)}
        hint={`${formatCompact(status.in_flight)} for commit, ${formatCompact(status.queued)} for handlers`}
      />
      <Stat
        label="Handler failures"
        value={formatCount(status.handler_failures)}
        hint={formatPlural(status.handler_timeouts, 'timeout')}
      />
      <Stat
        label="Subscribers here"
        value={formatCount(status.subscribers)}
        hint={formatPlural(status.browsers, 'browser')}
      />
      <Stat
        label="In history"
        value={formatCount(traffic?.events ?? null)}
        hint={`${formatPlural(traffic?.types ?? 0, 'type')}, ${origins(traffic)}`}
      />
    </div>
  );
}

function origins(traffic: TrafficEntity | undefined): string {
  const all = traffic?.by_origin ?? [];
  if (all.length === 0) return 'nothing came in yet';
  if (all.length === 1) return `all ${all[0]?.[0] ?? ''}`;
  return all.map(([origin, count]) => `${origin} ${formatCompact(count)}`).join(', ');
}

function HistoryState({ history }: { history: Status['history'] }) {
  const ok = history.state === 'ok';
  return (
    <>
      <Badge
        tone={ok ? 'ok' : 'crit'}
        shape
        title="The file and its write-ahead log, with room that new events use first"
      >
        History {ok ? `${formatBytes(history.size_bytes)} on disk` : 'cannot be written'}
      </Badge>
      {history.detail !== null && <span className="text-xs text-dim">{history.detail}</span>}
    </>
  );
}

/** How many, and why: `5 rejected: malformed_event 4, too_large 1`. */
function rejected(count: number, rejections: Props['rejections']): string {
  const codes = rejections.map(([code, times]) => `${code} ${formatCount(times)}`).join(', ');
  return `${formatCount(count)} rejected${codes === '' ? '' : `: ${codes}`}`;
}
