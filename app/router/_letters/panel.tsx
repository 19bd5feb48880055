'use client';

import { useQueryStates } from 'nuqs';
import { useCallback, useMemo, useState } from 'react';
import { useEntity } from '@/app/_client/live/live-provider';
import { useTRPC } from '@/app/_client/queries/trpc';
import { useMay } from '@/app/_client/visitor';
import { useLiveQuery, type Initial } from '@/app/_client/queries/use-live-query';
import { DataTable } from '@/components/table/data-table';
import { Badge } from '@/components/ui/signs/badge';
import { Button } from '@/components/ui/controls/button';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Skeleton } from '@/components/ui/panel/skeleton';
import type { LetterList, LetterRow, LettersInput } from '@/server/api/pages/router';
import type { RouterFigures } from '@/server/live/runtime/runtime-topics';
import {
  letterFilterOf,
  letterParams,
  lettersInputOf,
  LETTERS_SHOWN,
  type LetterSearch,
} from '../search-params';
import { letterColumns } from './columns';
import { ConfirmDialog, type Intent } from './confirm';
import { LetterContent } from './content';
import { LetterFilters } from './filters';
import { DeskOutcome } from './outcome';
import { useDesk, type Verb } from './use-desk';

const MOST = 200;

/** Dead letters with their reasons, to retry or discard. When their number changes, the list is asked for again. */
export function DeadLetters({ initial }: { initial: Initial<LettersInput, LetterList> | null }) {
  const trpc = useTRPC();
  const open = useEntity<RouterFigures>('router.status', 'router')?.dead_letters ?? 0;
  const [search, setSearch] = useQueryStates(letterParams);
  const [limit, setLimit] = useState(LETTERS_SHOWN);
  const input = lettersInputOf(search, limit);
  const { data, error } = useLiveQuery(
    trpc.pages.router.deadLetters.queryOptions(input),
    input,
    open,
    initial,
  );
  const total = data?.total ?? open;
  return (
    <Panel
      title="Dead letters"
      hint="rows that could not become events, and events that a handler failed on"
      header={
        <Badge tone={open === 0 ? 'ok' : 'warn'} shape>
          {formatCount(open)} open
        </Badge>
      }
      flush
    >
      {error !== null && <Empty title="The dead letters cannot be read right now">{error}</Empty>}
      {error === null && data === undefined && <Skeleton className="m-3 h-16" />}
      {data !== undefined && (
        <Letters
          key={JSON.stringify([input.filter, input.status])}
          letters={data.letters}
          total={total}
          search={search}
          filters={
            <LetterFilters
              search={search}
              groups={data.groups}
              onChange={(change) => void setSearch(change)}
            />
          }
        />
      )}
      {data !== undefined && total > data.letters.length && (
        <div className="border-t p-2 text-center text-xs text-faint">
          The newest {formatCount(data.letters.length)} of {formatCount(total)}.{' '}
          {limit < MOST && <Button onClick={() => setLimit(Math.min(MOST, limit * 2))}>Show more</Button>}
        </div>
      )}
    </Panel>
  );
}

/** The list with what can be done to its letters; mounted anew when the filter changes, so no tick outlives it. */
function Letters({
  letters,
  total,
  search,
  filters,
}: {
  letters: readonly LetterRow[];
  total: number;
  search: LetterSearch;
  filters: React.ReactNode;
}) {
  const desk = useDesk();
  const { run, clear } = desk;
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [intent, setIntent] = useState<Intent | null>(null);
  const [shown, setShown] = useState<LetterRow | null>(null);
  const busy = desk.result?.running === true;
  const decidable = useMay('operate') && search.letters === 'open';
  // The dialog shows what became of its letters, so nothing may be left of those before.
  const ask = useCallback(
    (next: Intent): void => {
      clear();
      setIntent(next);
    },
    [clear],
  );
  const columns = useMemo(() => {
    const act = (verb: Verb, { id }: LetterRow): void => {
      if (verb === 'retry') void run(verb, { ids: [id] });
      else ask({ verb, target: { ids: [id] } });
    };
    return letterColumns({ onOpen: setShown, onAct: decidable ? act : null, busy });
  }, [run, ask, decidable, busy]);
  // Letters that are gone (somebody else retried them) are not acted on.
  const ids = letters.filter(({ id }) => ticked.has(String(id))).map(({ id }) => id);
  const askAbout = (verb: Verb): void =>
    ask({ verb, target: ids.length > 0 ? { ids } : { filter: letterFilterOf(search) } });
  const close = (): void => {
    setIntent(null);
    setTicked(new Set());
    desk.clear();
  };
  return (
    <>
      {intent === null && desk.result !== null && (
        <div className="border-b bg-raised/40 p-3">
          <DeskOutcome result={desk.result} onStop={desk.stop} onClose={desk.clear} />
        </div>
      )}
      <div className="flex min-w-0 flex-wrap items-center gap-2 border-b px-3 py-2">
        {filters}
        {decidable && total > 0 && (
          <span className="ml-auto flex flex-wrap gap-2">
            <Button disabled={busy} onClick={() => askAbout('retry')}>
              Retry {ids.length > 0 ? `${formatCount(ids.length)} selected…` : `all ${formatCount(total)}…`}
            </Button>
            <Button disabled={busy} onClick={() => askAbout('discard')}>
              Discard {ids.length > 0 ? `${formatCount(ids.length)} selected…` : `all ${formatCount(total)}…`}
            </Button>
          </span>
        )}
      </div>
      <DataTable
        label="Dead letters"
        rows={letters}
        rowKey={({ id }) => String(id)}
        columns={columns}
        initialSort={{ id: 'at', desc: true }}
        {...(decidable && { selected: ticked, onSelect: setTicked })}
        maxHeight="28rem"
        empty={<NoLetters search={search} />}
      />
      {intent !== null && <ConfirmDialog intent={intent} desk={desk} onClose={close} />}
      {shown !== null && <LetterContent letter={shown} onClose={() => setShown(null)} />}
    </>
  );
}

function NoLetters({ search }: { search: LetterSearch }) {
  if (search.letters !== 'open') return <Empty title="None">No letter has been {search.letters} yet.</Empty>;
  if (Object.keys(letterFilterOf(search)).length > 0)
    return <Empty title="No open letter matches">Fewer filters show more.</Empty>;
  return <Empty title="None">Every row became an event, and every handler did its work.</Empty>;
}
