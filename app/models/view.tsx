'use client';

import { parseAsArrayOf, parseAsString, useQueryState } from 'nuqs';
import { useMemo, useState } from 'react';
import { useTopic } from '@/app/_client/live-provider';
import { byName, sorted } from '@/components/live/rows';
import { Button } from '@/components/ui/button';
import { Empty } from '@/components/ui/empty';
import { MultiSelect } from '@/components/ui/multi-select';
import { Panel } from '@/components/ui/panel';
import type { ConfigEntity, ModelEntity } from '@/domain/realtime/entities';
import { ConfigsTable } from './configs-table';
import { ModelsTable } from './models-table';

/** Models drawn before the reader asks for all: a cluster makes hundreds a week. */
const FIRST = 100;
const PARSER = parseAsArrayOf(parseAsString).withDefault([]);

export function ModelsView() {
  const configs = useTopic<ConfigEntity>('models.configs');
  const models = useTopic<ModelEntity>('models.models');
  const [config, setConfig] = useQueryState('config', PARSER);
  const [all, setAll] = useState(false);
  const rows = useMemo(() => {
    const wanted = new Set(config);
    const newest = sorted(models, (a, b) => b.updated_at - a.updated_at);
    return wanted.size === 0
      ? newest
      : newest.filter((model) => model.config !== null && wanted.has(model.config));
  }, [models, config]);
  const options = sorted(configs, (a, b) => byName(a.config, b.config)).map((each) => ({
    value: each.config,
  }));
  return (
    <>
      <Panel title="Champions" hint="one per config" flush>
        <ConfigsTable configs={configs} />
      </Panel>
      <Panel
        title="Models"
        hint={`${rows.length} known, newest first`}
        flush
        header={
          <MultiSelect
            label="Config"
            options={options}
            value={config}
            onChange={(value) => void setConfig(value.length === 0 ? null : value)}
          />
        }
      >
        {rows.length === 0 ? (
          <Empty title="No model yet">A model appears with the first event that names it.</Empty>
        ) : (
          <ModelsTable models={all ? rows : rows.slice(0, FIRST)} />
        )}
        {!all && rows.length > FIRST && (
          <div className="border-t p-2 text-center">
            <Button onClick={() => setAll(true)}>Show all {rows.length}</Button>
          </div>
        )}
      </Panel>
    </>
  );
}
