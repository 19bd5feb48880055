'use client';

import { useMemo, useState } from 'react';
import { useEntity, useLiveFeed } from '@/app/_client/live/live-provider';
import { useTRPC } from '@/app/_client/queries/trpc';
import { useLiveQuery } from '@/app/_client/queries/use-live-query';
import type { ConfigEntity } from '@/domain/realtime/entities';
import type { ModelLife } from '@/server/api/pages/models/life';
import { Challengers } from './challengers';
import { Evaluations } from './evaluations';
import { ModelHeader } from './header';
import { Holders } from './holders';
import { LifeTimeline } from './timeline';
import { LineagePanel } from './lineage';
import { Succession } from './succession';

/** Asks for the life anew whenever something happens to the model, or to the championship of its config. */
function useModelLife(initial: ModelLife): ModelLife {
  const trpc = useTRPC();
  const id = initial.model_id;
  const [beat, setBeat] = useState(0);
  useLiveFeed({ shape: 'row', filter: { model: [id] }, limit: 1 }, () => setBeat((before) => before + 1));
  const config = useEntity<ConfigEntity>('models.configs', initial.config ?? '');
  const version = useMemo(() => [beat, config], [beat, config]);
  const [first] = useState({ input: { model_id: id }, data: initial });
  const { data } = useLiveQuery(
    trpc.pages.models.life.queryOptions(first.input),
    first.input,
    version,
    first,
  );
  return data ?? initial;
}

/** One model from the games that it learned from to the nodes that hold it. */
export function ModelView({ initial }: { initial: ModelLife }) {
  const life = useModelLife(initial);
  return (
    <div className="flex min-h-full min-w-0 flex-col gap-3 p-3 md:p-4">
      <ModelHeader life={life} />
      <LineagePanel life={life} />
      <div className="grid min-w-0 items-start gap-3 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <LifeTimeline life={life} />
        <div className="flex min-w-0 flex-col gap-3">
          <Succession life={life} />
          <Evaluations life={life} />
          <Holders life={life} />
          <Challengers life={life} />
        </div>
      </div>
    </div>
  );
}
