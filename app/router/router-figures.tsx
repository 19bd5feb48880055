import { Badge } from '@/components/ui/badge';
import { Elapsed } from '@/components/ui/elapsed';
import { Empty } from '@/components/ui/empty';
import { formatBytes, formatCount, formatFixed, formatPlural, formatRate } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel';
import { Spark } from '@/components/ui/spark';
import { Stat } from '@/components/ui/stat';
import type { RouterStatusEntity, TrafficEntity } from '@/domain/realtime/entities';

interface Props {
  status: RouterStatusEntity | undefined;
  traffic: TrafficEntity | undefined;
}

export function RouterFigures({ status, traffic }: Props) {
  return (
    <Panel
      title="Router"
      hint={
        status === undefined ? undefined : (
          <>
            running for <Elapsed at={status.started_at} />
          </>
        )
      }
      header={status !== undefined && <HistoryState history={status.history} />}
    >
      {status === undefined ? (
        <Empty title="The router has not reported yet">It does so every second once it runs.</Empty>
      ) : (
        <Figures status={status} traffic={traffic} />
      )}
    </Panel>
  );
}

function Figures({ status, traffic }: { status: RouterStatusEntity; traffic: TrafficEntity | undefined }) {
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
      <Stat label="Peak" value={formatRate(status.peak_events_per_second)} unit="/s" />
      <Stat label="Stored" value={formatCount(status.stored)} hint="since the start" />
      <Stat label="Duplicates" value={formatCount(status.duplicates)} hint="prevented since the start" />
      <Stat label="Rejected" value={formatCount(status.rejected)} hint="refused with a reason" />
      <Stat
        label="Commit"
        value={formatFixed(status.commit_ms_p50)}
        unit="ms"
        hint={`p99 ${formatFixed(status.commit_ms_p99)} ms`}
      />
      <Stat
        label="Handler failures"
        value={formatCount(status.handler_failures)}
        hint={formatPlural(status.handler_timeouts, 'timeout')}
      />
      <Stat
        label="Subscribers"
        value={formatCount(status.subscribers)}
        hint={formatPlural(status.browsers, 'browser')}
      />
      <Stat
        label="In history"
        value={formatCount(traffic?.events ?? null)}
        hint={`${formatCount(traffic?.types ?? null)} types, ${formatCount(traffic?.uncatalogued ?? null)} uncatalogued`}
      />
      <Stat label="Origins" value={formatCount(traffic?.by_origin.length ?? null)} hint={origins(traffic)} />
    </div>
  );
}

function origins(traffic: TrafficEntity | undefined): string {
  return (traffic?.by_origin ?? []).map(([origin, count]) => `${origin} ${formatCount(count)}`).join(', ');
}

function HistoryState({ history }: { history: RouterStatusEntity['history'] }) {
  const ok = history.state === 'ok';
  return (
    <>
      <Badge tone={ok ? 'ok' : 'crit'} shape>
        History {ok ? formatBytes(history.size_bytes) : 'cannot be written'}
      </Badge>
      {history.detail !== null && <span className="text-xs text-dim">{history.detail}</span>}
    </>
  );
}
