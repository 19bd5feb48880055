import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { viewer } from '@/app/_access/guard';
import { LiveTopics } from '@/app/_client/live/live-provider';
import { inputOf, loadPageSearch } from '@/app/_client/page/page-search';
import { runEntity } from '@/domain/projections/training';
import { comparedRuns } from '@/server/api/pages/training/compare';
import { trainingOverview } from '@/server/api/pages/training/overview';
import { services } from '@/server/services';
import { runsIn, runsToDraw } from './_runs/runs';
import { loadTrainingSearch } from './search-params';
import { TrainingView } from './view';

export const metadata: Metadata = { title: 'Training' };

export default async function TrainingPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await viewer();
  const given = await searchParams;
  const [search, { run }] = [loadPageSearch(given), loadTrainingSearch(given)];
  const { live } = services();
  const states = live.states();
  const input = inputOf(search, live.clock());
  const runs = [...states.training.runs.keys()].flatMap((id) => runEntity(states.training, id) ?? []);
  const drawn = run.length > 0 ? run : runsToDraw(runsIn(runs, input));
  return (
    <LiveTopics snapshots={live.snapshot(['training.runs', 'training.configs'])}>
      <TrainingView
        overview={{ input, data: trainingOverview(states, input) }}
        compared={{ input: { runs: drawn }, data: comparedRuns(states, drawn) }}
      />
    </LiveTopics>
  );
}
