'use client';

import { useMemo } from 'react';
import { useTopic } from '@/app/_client/live/live-provider';
import { PageControls } from '@/app/_client/page/page-controls';
import type { ConfigEntity } from '@/domain/realtime/entities';

/** Configs, and the stretch of time in which a model must have changed to be listed. */
export function ModelsControls() {
  const configs = useTopic<ConfigEntity>('models.configs');
  const names = useMemo(() => [...configs.keys()], [configs]);
  return <PageControls configs={names} />;
}
