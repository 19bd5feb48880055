import type { Metadata } from 'next';
import { viewer } from '@/app/_access/guard';
import { RequestMenu } from '@/app/_actions/request/request-menu';
import { LiveTopics } from '@/app/_client/live/live-provider';
import { PageControls } from '@/app/_client/page/page-controls';
import { Page } from '@/components/shell/page/page';
import { learningRecord } from '@/server/api/pages/learning';
import { itemList } from '@/server/api/pages/work';
import { daemonRecord } from '@/server/api/pages/work/daemons';
import { queueRecord } from '@/server/api/pages/work/queue';
import { taskList } from '@/server/api/pages/work/tasks';
import { services } from '@/server/services';
import { inputOf } from '../_client/page/page-search';
import { LEARNING_TOPICS } from './_learning/topics';
import type { WorkInitial } from './initial';
import { itemsInputOf, loadWorkSearch, type WorkSearch } from './search-params';
import { WorkView } from './view';

export const metadata: Metadata = { title: 'Work' };

const TOPICS = [
  'work.queue',
  'work.types',
  'work.tasks',
  'work.locks',
  'work.deadlocks',
  'daemons.services',
  'daemons.summary',
  ...LEARNING_TOPICS,
];

type Query = Record<string, string | string[] | undefined>;

export default async function WorkPage({ searchParams }: { searchParams: Promise<Query> }) {
  await viewer();
  const search = await loadWorkSearch(searchParams);
  const { live } = services();
  return (
    <Page
      title="Work"
      lead="Whether work flows, and what holds it up."
      header={
        <>
          <RequestMenu page="/work" />
          <PageControls configs={[...live.states().models.configs.keys()]} />
        </>
      }
    >
      <LiveTopics snapshots={live.snapshot(TOPICS)}>
        <WorkView initial={initialOf(search)} />
      </LiveTopics>
    </Page>
  );
}

/** The answers that the open tab asks for, so that the first paint holds them. */
function initialOf(search: WorkSearch): WorkInitial {
  const { live } = services();
  const states = live.states();
  const input = inputOf(search, live.clock());
  const items = itemsInputOf(search);
  const tasks = { states: search.tasks };
  return {
    queue: search.tab === 'queue' ? { input, data: queueRecord(states, input) } : null,
    items: search.tab === 'queue' ? { input: items, data: itemList(states, items) } : null,
    tasks: search.tab === 'tasks' ? { input: tasks, data: taskList(states, tasks) } : null,
    daemons: search.tab === 'daemons' ? { input, data: daemonRecord(states, input) } : null,
    learning: search.tab === 'learning' ? { input, data: learningRecord(states, input) } : null,
  };
}
