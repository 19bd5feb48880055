'use client';

import { Download } from 'lucide-react';
import { debounce, useQueryStates } from 'nuqs';
import { useState } from 'react';
import { ComposeLink } from '@/app/_actions/request/compose-link';
import { RequestButtons } from '@/app/_actions/request/request-buttons';
import { useLiveFeed } from '@/app/_client/live/live-provider';
import { useTRPC } from '@/app/_client/queries/trpc';
import { useMay } from '@/app/_client/visitor';
import { useLiveQuery, type Initial } from '@/app/_client/queries/use-live-query';
import { Button } from '@/components/ui/controls/button';
import { formatCount, formatPlural } from '@/components/ui/format';
import { Input } from '@/components/ui/controls/input';
import { rememberFocus } from '@/components/ui/over/return-focus';
import { Panel } from '@/components/ui/panel/panel';
import { Select } from '@/components/ui/controls/select';
import { DECLARED, type ActionKind } from '@/domain/actions/declared';
import { ACTION_SOURCE } from '@/domain/actions/actor';
import type { ActionList, ListInput } from '@/server/api/actions/log';
import { ActionDrawer } from './drawer';
import { actionsSearch, listInputOf, PAGE_SIZE } from './search-params';
import { ActionsTable } from './table';

/** Asked anew whenever anybody acts. */
function useActions(initial: Initial<ListInput, ActionList>, input: ListInput) {
  const trpc = useTRPC();
  const [beat, setBeat] = useState(0);
  useLiveFeed({ shape: 'row', filter: { source: [ACTION_SOURCE] }, limit: 1 }, () =>
    setBeat((before) => before + 1),
  );
  return useLiveQuery(trpc.actions.list.queryOptions(input), input, beat, initial);
}

/** What can be asked; a viewer is told who can. */
function AskPanel() {
  const may = useMay('operate');
  return (
    <Panel
      title="Ask the cluster"
      hint="champions are decided on the models’ pages"
      header={<ComposeLink label="Send an event of any type…" />}
    >
      {may ? (
        <RequestButtons />
      ) : (
        <p className="text-xs text-dim">Operators and admins act here; you see what they did.</p>
      )}
    </Panel>
  );
}

export function ActionsView({ initial }: { initial: Initial<ListInput, ActionList> }) {
  const [search, set] = useQueryStates(actionsSearch);
  const { data, error } = useActions(initial, listInputOf(search));
  const { rows, total } = data ?? initial.data;
  const oldest = rows.at(-1)?.id ?? 1;
  const turn = (before: number | null): void => {
    // The button may go with the page that it leaves.
    rememberFocus()();
    void set({ before });
  };
  return (
    <>
      <AskPanel />
      <Panel
        title="Log"
        hint={`${formatPlural(total, 'action')}; none can be changed or removed`}
        header={
          <Button asChild>
            <a
              href={`/api/actions?${new URLSearchParams({
                q: search.q,
                ...(search.kind === null ? {} : { kind: search.kind }),
              }).toString()}`}
              download="actions.ndjson"
            >
              <Download className="size-3.5" aria-hidden />
              Export
            </a>
          </Button>
        }
        flush
      >
        <ActionsTable
          rows={rows}
          onOpen={(action) => void set({ action })}
          bar={
            <>
              <Input
                type="search"
                aria-label="Search actions by words"
                placeholder="Who, what, about, why…"
                className="w-56"
                value={search.q}
                onChange={(event) =>
                  void set({ q: event.target.value, before: null }, { limitUrlUpdates: debounce(300) })
                }
              />
              <Select
                aria-label="Kind of action"
                value={search.kind ?? ''}
                onChange={(event) =>
                  void set({ kind: (event.target.value || null) as ActionKind | null, before: null })
                }
              >
                <option value="">All kinds</option>
                {DECLARED.map(({ kind, title }) => (
                  <option key={kind} value={kind}>
                    {title}
                  </option>
                ))}
              </Select>
              {error !== null && <span className="text-xs text-bad">{error}</span>}
            </>
          }
        />
        {(search.before !== null || oldest > 1) && (
          <div className="flex items-center justify-end gap-2 border-t px-3 py-2 text-xs text-dim">
            {search.before !== null && <Button onClick={() => turn(null)}>Newest</Button>}
            {rows.length === PAGE_SIZE && oldest > 1 && (
              <Button onClick={() => turn(oldest)}>Older than {formatCount(oldest)}</Button>
            )}
          </div>
        )}
      </Panel>
      <ActionDrawer actionId={search.action} onClose={() => void set({ action: null })} />
    </>
  );
}
