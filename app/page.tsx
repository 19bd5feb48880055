import { viewer } from '@/app/_access/guard';
import { CATALOGUE } from '@/domain/events';
import type { ListStart } from '@/server/live/feeds/list-start';
import { services } from '@/server/services';
import { LiveTopics } from './_client/live/live-provider';
import { NEWEST_SHOWN, OVERVIEW_TOPICS } from './_overview/topics';
import { OverviewView } from './view';

/** The newest rows, or null when history cannot be read: the figures come from memory and must not wait for it. */
async function newestRows(): Promise<ListStart | null> {
  try {
    return await services().newest({}, NEWEST_SHOWN);
  } catch (error) {
    services().log.warn(
      { err: error },
      'the overview is shown without its newest events: history cannot be read',
    );
    return null;
  }
}

export default async function OverviewPage() {
  await viewer();
  const newest = await newestRows();
  const categories = CATALOGUE.map(({ name, category }) => [name, category] as const);
  return (
    <LiveTopics snapshots={services().live.snapshot(OVERVIEW_TOPICS)}>
      <OverviewView newest={newest} categories={categories} />
    </LiveTopics>
  );
}
