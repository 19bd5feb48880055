'use client';

import { useEntity, useTopic } from '@/app/_client/live/live-provider';
import type { Initial } from '@/app/_client/queries/use-live-query';
import { byName, sorted } from '@/components/live/rows';
import { Panel } from '@/components/ui/panel/panel';
import type { TypeEntity } from '@/domain/projections/traffic';
import type { BridgeEntity, TrafficEntity } from '@/domain/realtime/entities';
import type { LetterList, LettersInput, TrafficCharts, TrafficInput } from '@/server/api/pages/router';
import type { RouterReport } from '@/server/live/runtime/router-report';
import type { RouterFigures as Figures } from '@/server/live/runtime/runtime-topics';
import { BridgeList } from './bridge-list';
import { DriftPanel } from './drift';
import { FlowCheck } from './flow-check';
import { LatencyPanel } from './latency';
import { DeadLetters } from './_letters/panel';
import { RouterFigures } from './router-figures';
import { ClusterSubscribers, OwnSubscribers } from './subscribers';
import { TrafficPanel } from './traffic-panel';
import { TypesPanel } from './types-panel';
import { UnheardPanel } from './unheard';
import { useRouterReport } from './use-report';

export function RouterView({
  report: initial,
  traffic: chart,
  letters,
}: {
  report: RouterReport;
  traffic: Initial<TrafficInput, TrafficCharts>;
  letters: Initial<LettersInput, LetterList> | null;
}) {
  const status = useEntity<Figures>('router.status', 'router');
  const traffic = useEntity<TrafficEntity>('traffic.total', 'all');
  const bridges = useTopic<BridgeEntity>('router.bridges');
  const types = useTopic<TypeEntity>('traffic.types');
  const report = useRouterReport(initial).data ?? initial;
  return (
    <>
      <RouterFigures status={status} traffic={traffic} rejections={report.rejected_by_code} />
      <div className="grid min-w-0 gap-3 lg:grid-cols-2 2xl:grid-cols-3">
        <FlowCheck flow={report.flow} />
        <LatencyPanel report={report} />
        <Panel
          title="Bridges"
          hint="to the logs that other processes share"
          className="lg:col-span-2 2xl:col-span-1"
        >
          <BridgeList bridges={sorted(bridges, (a, b) => byName(a.name, b.name))} />
        </Panel>
      </div>
      <TrafficPanel initial={chart} version={traffic} />
      <DeadLetters open={status?.dead_letters ?? 0} initial={letters} />
      <ClusterSubscribers cluster={report.cluster_subscribers} />
      <OwnSubscribers report={report} />
      <UnheardPanel report={report} />
      <DriftPanel drift={report.drift} traffic={traffic} />
      <TypesPanel types={types} />
    </>
  );
}
