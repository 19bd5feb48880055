'use client';

import { useQueryStates } from 'nuqs';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/controls/tabs';
import { LearningPanels } from './_learning/panels';
import type { WorkInitial } from './initial';
import { DaemonsTab } from './_daemons/daemons-tab';
import { KeyFigures } from './_figures/key-figures';
import { QueueTab } from './_queue/queue-tab';
import { TABS, workSearch, type TabId } from './search-params';
import { TasksTab } from './_tasks/tasks-tab';

const TITLES: Readonly<Record<TabId, string>> = {
  queue: 'Queue',
  tasks: 'Tasks and locks',
  daemons: 'Daemons and coordinators',
  learning: 'Optimisation and curriculum',
};

export function WorkView({ initial }: { initial: WorkInitial }) {
  const [{ tab }, set] = useQueryStates(workSearch);
  const go = (next: string): void => {
    const found = TABS.find((each) => each === next);
    if (found !== undefined) void set({ tab: found, item: null, task: null });
  };
  return (
    <>
      <KeyFigures />
      <Tabs value={tab} onValueChange={go} className="flex min-w-0 flex-col gap-3">
        <TabsList aria-label="Parts of the page" className="flex-wrap">
          {TABS.map((each) => (
            <TabsTrigger key={each} value={each} className="whitespace-nowrap">
              {TITLES[each]}
            </TabsTrigger>
          ))}
        </TabsList>
        <TabsContent value="queue" className="flex min-w-0 flex-col gap-3">
          <QueueTab initial={initial} />
        </TabsContent>
        <TabsContent value="tasks" className="flex min-w-0 flex-col gap-3">
          <TasksTab initial={initial} />
        </TabsContent>
        <TabsContent value="daemons" className="flex min-w-0 flex-col gap-3">
          <DaemonsTab initial={initial} />
        </TabsContent>
        <TabsContent value="learning" className="flex min-w-0 flex-col gap-3">
          <LearningPanels initial={initial.learning} />
        </TabsContent>
      </Tabs>
    </>
  );
}
