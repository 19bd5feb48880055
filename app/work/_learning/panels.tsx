'use client';

import { useTopic } from '@/app/_client/live/live-provider';
import { usePageSearch } from '@/app/_client/page/page-controls';
import { useTRPC } from '@/app/_client/queries/trpc';
import { useLiveQuery } from '@/app/_client/queries/use-live-query';
import type {
  CurriculumEntity,
  LearningTypeEntity,
  MethodEntity,
  SearchEntity,
} from '@/domain/projections/learning/entities';
import type { WorkInitial } from '../initial';
import { ChangesPanel } from './changes';
import { CurriculumPanel } from './curriculum';
import { MethodsPanel } from './methods';
import { MilestonesPanel } from './milestones';
import { SearchesPanel } from './searches';
import { WeightsPanel } from './weights';

/**
 * Optimisation and curriculum. Wants LEARNING_TOPICS around it, and follows config and time range of the URL. `initial` is
 * `learningRecord(states, input)` for the first paint; without it the record comes once the page is there.
 */
export function LearningPanels({ initial = null }: { initial?: WorkInitial['learning'] }) {
  const trpc = useTRPC();
  const { input, window, setWindow } = usePageSearch();
  const types = useTopic<LearningTypeEntity>('learning.types');
  const methods = useTopic<MethodEntity>('learning.methods');
  const searches = useTopic<SearchEntity>('learning.searches');
  const configs = useTopic<CurriculumEntity>('learning.configs');
  const { data, error } = useLiveQuery(trpc.pages.learning.record.queryOptions(input), input, types, initial);
  const wanted = (config: string | null): boolean =>
    input.configs.length === 0 || (config !== null && input.configs.includes(config));
  return (
    <>
      {error !== null && (
        <p role="status" className="text-xs text-warn">
          The record could not be read: {error}
        </p>
      )}
      <MethodsPanel methods={methods} types={types} />
      <SearchesPanel
        searches={[...searches.values()].filter(({ config }) => config === null || wanted(config))}
      />
      <ChangesPanel record={data} />
      <WeightsPanel record={data} window={window} onWindow={setWindow} />
      <CurriculumPanel configs={[...configs.values()].filter(({ config }) => wanted(config))} />
      <MilestonesPanel record={data} />
    </>
  );
}
