'use client';

import { debounce, useQueryStates } from 'nuqs';
import { useCallback, useMemo, useState } from 'react';
import { ChampionDialog } from '@/app/_actions/champion/champion-dialog';
import type { ChampionIntent } from '@/app/_actions/champion/champion-form';
import { LIST_MS, useTopic } from '@/app/_client/live/live-provider';
import { useMay } from '@/app/_client/visitor';
import { usePageSearch } from '@/app/_client/page/page-controls';
import { Button } from '@/components/ui/controls/button';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount, formatPlural } from '@/components/ui/format';
import { Input } from '@/components/ui/controls/input';
import { Panel } from '@/components/ui/panel/panel';
import type { ModelDetail } from '@/domain/projections/models';
import type { ConfigEntity } from '@/domain/realtime/entities';
import { ConfigsTable } from './configs-table';
import { ModelsTable } from './models-table';
import { countByConfig, countByStatus, inScope, listed } from './registry';
import { modelsSearch } from './search-params';
import { StatusFilter } from './status-filter';

const NO_MODELS = { inProgress: 0, corrupted: 0 };

export function ModelsView() {
  const configs = useTopic<ConfigEntity>('models.configs', LIST_MS);
  const models = useTopic<ModelDetail>('models.models', LIST_MS);
  const { input } = usePageSearch();
  const rows = useMemo(() => {
    const counts = countByConfig(models.values());
    return [...configs.values()]
      .filter(({ config }) => input.configs.length === 0 || input.configs.includes(config))
      .map((each) => ({ ...each, ...(counts.get(each.config) ?? NO_MODELS) }));
  }, [configs, models, input]);
  const scope = useMemo(() => inScope(models.values(), input), [models, input]);
  const [intent, setIntent] = useState<ChampionIntent | null>(null);
  const may = useMay('operate');
  const onPromote = useCallback((model: string) => setIntent({ verb: 'promote', model }), []);
  const onRollback = useCallback((model: string) => setIntent({ verb: 'rollback', model }), []);
  return (
    <>
      <Panel title="Champions" hint="one per config, with the decisions since history began" flush>
        <ConfigsTable rows={rows} onRollback={may ? onRollback : null} />
      </Panel>
      <Registry scope={scope} known={models.size} onPromote={may ? onPromote : null} />
      {intent !== null && <ChampionDialog intent={intent} onClose={() => setIntent(null)} />}
    </>
  );
}

/** The models within config and time range, by status and words; all of it in the URL. */
function Registry({
  scope,
  known,
  onPromote,
}: {
  scope: readonly ModelDetail[];
  known: number;
  /** Null for who may not. */
  onPromote: ((model: string) => void) | null;
}) {
  const [{ status, q }, set] = useQueryStates(modelsSearch);
  const shown = useMemo(() => listed(scope, status, q), [scope, status, q]);
  const counts = useMemo(() => countByStatus(scope), [scope]);
  const hidden = known - shown.length;
  return (
    <Panel
      title="Registry"
      hint={
        hidden === 0
          ? 'every model known'
          : `${formatCount(hidden)} of ${formatPlural(known, 'model')} hidden`
      }
      flush
    >
      <ModelsTable
        rows={shown}
        bar={
          <>
            <StatusFilter counts={counts} value={status} onChange={(value) => void set({ status: value })} />
            <Input
              type="search"
              aria-label="Filter models by words"
              placeholder="Model, config or reason…"
              className="w-52"
              value={q}
              onChange={(event) => void set({ q: event.target.value }, { limitUrlUpdates: debounce(300) })}
            />
            {(status.length > 0 || q !== '') && (
              <Button variant="ghost" onClick={() => void set(null)}>
                Clear
              </Button>
            )}
          </>
        }
        onPromote={onPromote}
        empty={
          known > 0 ? (
            <Empty title="No model matches">
              The models known are hidden by status, words, config or time range.
            </Empty>
          ) : (
            <Empty title="No model yet">
              A model appears with the first event that names it, usually its TRAINING_COMPLETED.
            </Empty>
          )
        }
      />
    </Panel>
  );
}
