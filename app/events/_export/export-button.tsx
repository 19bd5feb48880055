'use client';

import { Download } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { useKeys } from '@/components/events/keys';
import { Button } from '@/components/ui/controls/button';
import { Dialog } from '@/components/ui/over/dialog';
import { formatCompact, formatPercent } from '@/components/ui/format';
import { Kbd } from '@/components/ui/signs/kbd';
import type { EventFilter } from '@/domain/realtime/contract';
import type { ExportState } from './use-export';
import { useExport } from './use-export';

/** Asked for only by who exports. */
const ExportDialog = dynamic(() => import('./export-dialog').then((module) => module.ExportDialog), {
  ssr: false,
});

/** Opens the export of what a page shows; while one runs, it says how far it is. */
export function ExportButton({ filter, zone }: { filter: EventFilter; zone: string | undefined }) {
  const [open, setOpen] = useState(false);
  const { state, start, cancel, reset } = useExport();
  useKeys({ e: () => setOpen(true) });
  return (
    <>
      <Button
        variant={state.kind === 'running' ? 'active' : 'default'}
        aria-haspopup="dialog"
        data-testid="export"
        onClick={() => setOpen(true)}
      >
        <Download className="size-3.5" aria-hidden />
        {labelOf(state)}
        <span className="hidden md:inline-flex" aria-hidden>
          <Kbd>e</Kbd>
        </span>
      </Button>
      <Dialog open={open} onOpenChange={setOpen}>
        {open && (
          <ExportDialog
            filter={filter}
            zone={zone}
            state={state}
            onStart={start}
            onCancel={cancel}
            onReset={reset}
          />
        )}
      </Dialog>
    </>
  );
}

function labelOf(state: ExportState): string {
  if (state.kind !== 'running') return 'Export';
  const { events, total } = state.written;
  return total && total.events > 0
    ? `Exporting ${total.exact ? '' : 'about '}${formatPercent(Math.min(1, events / total.events))}`
    : `Exporting ${formatCompact(events)}`;
}
