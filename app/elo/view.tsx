'use client';

import { Empty } from '@/components/ui/panel/empty';
import { Panel } from '@/components/ui/panel/panel';
import { ConfigsPanel } from './_configs/configs-panel';
import { CurvesPanel } from './_curves/curves-panel';
import { DetailPanels } from './_curves/detail-panels';
import { LeaderboardPanel } from './_leaderboard/leaderboard-panel';
import { MethodPanel } from './method-panel';
import { useElo, type EloInitial } from './use-elo';
import { VelocityPanel } from './_curves/velocity-panel';

export function EloView({ initial }: { initial: EloInitial }) {
  const elo = useElo(initial);
  if (elo.charts.data?.matching === 0) return <NoRating picked={elo.search.search.config.length > 0} />;
  return (
    <>
      <CurvesPanel {...elo} />
      <ConfigsPanel {...elo} />
      <DetailPanels {...elo} />
      <VelocityPanel {...elo} />
      <LeaderboardPanel {...elo} />
      <MethodPanel />
    </>
  );
}

function NoRating({ picked }: { picked: boolean }) {
  return (
    <Panel title="Elo by config">
      <Empty title={picked ? 'None of these configs was rated yet' : 'No rating yet'}>
        A curve begins with the first ELO_UPDATED or EVALUATION_COMPLETED that names its config.
      </Empty>
    </Panel>
  );
}
