'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/app/_client/queries/trpc';
import { Button } from '@/components/ui/controls/button';
import { Dialog, DialogContent } from '@/components/ui/over/dialog';
import { formatCount, formatPlural } from '@/components/ui/format';
import type { LetterFilter, LetterSelection } from '@/server/api/pages/router';
import { DeskOutcome } from './outcome';
import type { Desk, Verb } from './use-desk';

/** What is about to be done, and to which letters: some by id, or all that match a filter. */
export interface Intent {
  readonly verb: Verb;
  readonly target: { readonly ids: readonly number[] } | { readonly filter: LetterFilter };
}

const WORDS: Readonly<Record<Verb, { title: string; what: string; press: string }>> = {
  retry: {
    title: 'Retry dead letters',
    what: 'A handler gets its event again; a row is read and parsed again. What fails stays open with the new reason.',
    press: 'Retry',
  },
  discard: {
    title: 'Discard dead letters',
    what: 'They are kept as discarded and cannot be retried any more. No event is deleted.',
    press: 'Discard',
  },
};

/** Asks before something is done to many letters, with their number; then says how far it got. */
export function ConfirmDialog({
  intent,
  desk,
  onClose,
}: {
  intent: Intent;
  desk: Desk;
  onClose: () => void;
}) {
  const { title, what } = WORDS[intent.verb];
  return (
    <Dialog open onOpenChange={(open) => !open && desk.result?.running !== true && onClose()}>
      <DialogContent title={title} description={what}>
        {desk.result === null ? (
          <Question intent={intent} desk={desk} onClose={onClose} />
        ) : (
          <DeskOutcome result={desk.result} onStop={desk.stop} onClose={onClose} />
        )}
      </DialogContent>
    </Dialog>
  );
}

function Question({ intent, desk, onClose }: { intent: Intent; desk: Desk; onClose: () => void }) {
  const { counted, error } = useCounted(intent);
  const { press } = WORDS[intent.verb];
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className="text-base">
        {error !== null && <span className="text-bad">{error}</span>}
        {error === null && counted === null && 'Counting…'}
        {counted !== null &&
          (counted.count === 0 ? 'No open letter matches.' : formatPlural(counted.count, 'letter'))}
      </p>
      <div className="flex justify-end gap-2">
        <Button size="md" onClick={onClose}>
          Cancel
        </Button>
        <Button
          size="md"
          variant={intent.verb === 'discard' ? 'danger' : 'primary'}
          disabled={counted === null || counted.count === 0}
          onClick={() => counted !== null && void desk.run(intent.verb, counted.selection)}
        >
          {press} {counted === null ? '' : formatCount(counted.count)}
        </Button>
      </div>
    </div>
  );
}

interface Counted {
  readonly count: number;
  /** Exactly what was counted: letters that come later stay out. */
  readonly selection: LetterSelection;
}

function useCounted({ target }: Intent): { counted: Counted | null; error: string | null } {
  const trpc = useTRPC();
  const filter = 'filter' in target ? target.filter : null;
  const { data, error } = useQuery(
    trpc.pages.router.countDeadLetters.queryOptions(
      { filter: filter ?? {} },
      { enabled: filter !== null, staleTime: 0, gcTime: 0 },
    ),
  );
  if ('ids' in target) {
    return { counted: { count: target.ids.length, selection: { ids: [...target.ids] } }, error: null };
  }
  if (error !== null) return { counted: null, error: error.message };
  if (data === undefined) return { counted: null, error: null };
  const selection = { filter: target.filter, up_to_id: data.up_to_id };
  return { counted: { count: data.count, selection }, error: null };
}
