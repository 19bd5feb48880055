import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { viewer } from '@/app/_access/guard';
import { LiveTopics } from '@/app/_client/live/live-provider';
import { modelIdOf } from '@/components/models/href';
import { modelLife, type ModelLife } from '@/server/api/pages/models/life';
import { services } from '@/server/services';
import { ModelView } from './view';

interface Props {
  params: Promise<{ model_id: string }>;
}

/** Longer texts name nothing, in payloads as in URLs. */
const MAX_ID = 200;

/** Once per request, for title and page alike. */
const find = cache(async (segment: string): Promise<ModelLife | null> => {
  const id = modelIdOf(segment);
  if (id === null || id === '' || id.length > MAX_ID) return null;
  const { live, history } = services();
  return modelLife(live.states(), history, id);
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await viewer();
  const life = await find((await params).model_id);
  return { title: life === null ? 'No such model' : life.model_id };
}

export default async function ModelPage({ params }: Props) {
  await viewer();
  const snapshots = services().live.snapshot(['models.configs']);
  const life = await find((await params).model_id);
  if (life === null) notFound();
  return (
    <LiveTopics snapshots={snapshots}>
      <ModelView key={life.model_id} initial={life} />
    </LiveTopics>
  );
}
