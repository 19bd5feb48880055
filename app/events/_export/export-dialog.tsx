'use client';

import { useQuery } from '@tanstack/react-query';
import type { inferRouterInputs } from '@trpc/server';
import { useState, type SubmitEvent } from 'react';
import { ProgressBar } from '@/components/live/progress-bar';
import { Button } from '@/components/ui/controls/button';
import { DialogContent } from '@/components/ui/over/dialog';
import { formatBytes, formatCount, formatPlural } from '@/components/ui/format';
import { Segmented } from '@/components/ui/controls/segmented';
import type { ExportFormat } from '@/domain/export';
import type { ExportTotal } from '@/domain/export/total';
import type { EventFilter } from '@/domain/realtime/contract';
import type { AppRouter } from '@/server/api/router';
import { useTRPC } from '../../_client/queries/trpc';
import { exportUrl } from './export-url';
import { FilterWords } from './filter-words';
import { canSave, type Written } from './save';
import type { ExportState } from './use-export';

type ListFilter = inferRouterInputs<AppRouter>['events']['list']['filter'];

const FORMATS = [
  {
    value: 'ndjson',
    label: 'NDJSON',
    says: 'One JSON object a line, whole events. This is what ringside import reads.',
  },
  {
    value: 'csv',
    label: 'CSV',
    says: 'For spreadsheets: a line of column names, the payload as JSON in one cell. A cell that a spreadsheet would run as a formula begins with an apostrophe.',
  },
  { value: 'json', label: 'JSON', says: 'One JSON array of whole events.' },
] as const;
const ORDERS = [
  { value: 'asc', label: 'Oldest first' },
  { value: 'desc', label: 'Newest first' },
] as const;

export interface ExportDialogProps {
  filter: EventFilter;
  zone: string | undefined;
  state: ExportState;
  onStart: (url: string, format: ExportFormat) => void;
  onCancel: () => void;
  onReset: () => void;
}

/** Says what an export will hold, starts it, and shows how far it is. */
export function ExportDialog({ filter, zone, state, onStart, onCancel, onReset }: ExportDialogProps) {
  return (
    <DialogContent title="Export events" description="Everything that matches now, streamed into a file.">
      <div className="flex flex-col gap-4">
        {state.kind === 'idle' ? (
          <Choice filter={filter} zone={zone} onStart={onStart} />
        ) : (
          <Outcome state={state} onCancel={onCancel} onReset={onReset} />
        )}
      </div>
    </DialogContent>
  );
}

function Choice({ filter, zone, onStart }: Pick<ExportDialogProps, 'filter' | 'zone' | 'onStart'>) {
  const [format, setFormat] = useState<ExportFormat>('ndjson');
  const [order, setOrder] = useState<'asc' | 'desc'>('asc');
  const url = exportUrl(filter, format, order);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (canSave()) onStart(url, format);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <section aria-label="What is exported" className="flex flex-col gap-1">
        <FilterWords filter={filter} zone={zone} />
        <Matches filter={filter} />
      </section>
      <div className="flex flex-wrap gap-3">
        <Segmented label="Format" value={format} options={FORMATS} onChange={setFormat} />
        <Segmented label="Order" value={order} options={ORDERS} onChange={setOrder} />
      </div>
      <p className="min-h-10 text-xs text-dim">{FORMATS.find(({ value }) => value === format)?.says}</p>
      {canSave() ? (
        <Button type="submit" variant="primary" size="md" className="self-end">
          Choose a file and export
        </Button>
      ) : (
        <>
          <p className="text-xs text-dim">
            Your browser saves the file, shows how far it is and can cancel it.
          </p>
          <Button variant="primary" size="md" className="self-end" asChild>
            <a href={url} download>
              Download
            </a>
          </Button>
        </>
      )}
    </form>
  );
}

/** Counted anew each time the dialog opens. */
function Matches({ filter }: { filter: EventFilter }) {
  const trpc = useTRPC();
  const input = { filter: filter as ListFilter, order: 'desc' as const, limit: 1 };
  const { data, isError } = useQuery({ ...trpc.events.list.queryOptions(input), staleTime: 0 });
  const total = data?.total ?? null;
  const says =
    total === null
      ? isError
        ? 'The matches could not be counted.'
        : 'Counting …'
      : total < 0
        ? 'More matches than can be counted in a second.'
        : total >= 100_000
          ? '100,000 matches or more.'
          : `${formatPlural(total, 'event')} match${total === 1 ? 'es' : ''}.`;
  return (
    <p role="status" className="text-dim">
      {says}
    </p>
  );
}

function Outcome({
  state,
  onCancel,
  onReset,
}: Pick<ExportDialogProps, 'onCancel' | 'onReset'> & { state: Exclude<ExportState, { kind: 'idle' }> }) {
  if (state.kind === 'running') {
    return (
      <>
        <Progress written={state.written} file={state.file} />
        <p className="text-xs text-dim">
          This dialog may be closed meanwhile. Leaving the page ends the export.
        </p>
        <Button size="md" className="self-end" onClick={onCancel}>
          Cancel
        </Button>
      </>
    );
  }
  return (
    <>
      {state.kind === 'cancelled' && <p role="status">Cancelled: no file was written.</p>}
      {state.kind === 'done' && (
        <p role="status">
          {formatPlural(state.written.events, 'event')} ({formatBytes(state.written.bytes)}) written to{' '}
          <span className="font-mono break-all">{state.file}</span>.
        </p>
      )}
      {state.kind === 'failed' && (
        <p role="alert" className="text-bad">
          {state.why}
        </p>
      )}
      <Button size="md" className="self-end" onClick={onReset}>
        Another export
      </Button>
    </>
  );
}

/** An estimate may be passed, but nothing is whole before its end. */
function doneOf({ events }: Written, total: ExportTotal): number {
  return total.exact ? events : Math.min(events, total.events * 0.99);
}

function Progress({ written, file }: { written: Written; file: string }) {
  const { events, bytes, total } = written;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <p className="min-w-0">
        Writing <span className="font-mono break-all">{file}</span>
      </p>
      <p className="font-mono text-xs text-dim">
        {formatCount(events)}
        {total !== null && ` of ${total.exact ? '' : 'about '}${formatCount(total.events)}`} events ·{' '}
        {formatBytes(bytes)}
      </p>
      {total !== null && <ProgressBar what="Written" done={doneOf(written, total)} total={total.events} />}
    </div>
  );
}
