import type { Initial } from '../_client/queries/use-live-query';
import type { PageInput } from '../_client/page/page-search';
import type { LearningRecord } from '@/server/api/pages/learning';
import type { ItemList, ItemsInput } from '@/server/api/pages/work';
import type { DaemonRecord } from '@/server/api/pages/work/daemons';
import type { QueueRecord } from '@/server/api/pages/work/queue';
import type { TaskInput, TaskList } from '@/server/api/pages/work/tasks';

/** What the server rendered the open tab with; null for the other tabs, which ask when they are opened. */
export type WorkInitial = {
  readonly queue: Initial<PageInput, QueueRecord> | null;
  readonly items: Initial<ItemsInput, ItemList> | null;
  readonly tasks: Initial<TaskInput, TaskList> | null;
  readonly daemons: Initial<PageInput, DaemonRecord> | null;
  readonly learning: Initial<PageInput, LearningRecord> | null;
};
