'use client';

import type { Initial } from '@/app/_client/queries/use-live-query';
import type { LetterList, LettersInput, TrafficCharts, TrafficInput } from '@/server/api/pages/router';
import type { RouterReport } from '@/server/live/runtime/router-report';
import { BridgesPanel } from './bridges-panel';
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

/** Each panel follows what it shows: figures that change every second leave the long tables alone. */
export function RouterView({
  report: initial,
  traffic: chart,
  letters,
}: {
  report: RouterReport;
  traffic: Initial<TrafficInput, TrafficCharts>;
  letters: Initial<LettersInput, LetterList> | null;
}) {
  const report = useRouterReport(initial).data ?? initial;
  return (
    <>
      <RouterFigures rejections={report.rejected_by_code} />
      <div className="grid min-w-0 gap-3 lg:grid-cols-2 2xl:grid-cols-3">
        <FlowCheck flow={report.flow} />
        <LatencyPanel report={report} />
        <BridgesPanel className="lg:col-span-2 2xl:col-span-1" />
      </div>
      <TrafficPanel initial={chart} />
      <DeadLetters initial={letters} />
      <ClusterSubscribers cluster={report.cluster_subscribers} />
      <OwnSubscribers report={report} />
      <UnheardPanel report={report} />
      <DriftPanel drift={report.drift} />
      <TypesPanel />
    </>
  );
}
