'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/app/_client/queries/trpc';
import { Button } from '@/components/ui/controls/button';
import { Dialog, DialogContent } from '@/components/ui/over/dialog';
import { Skeleton } from '@/components/ui/panel/skeleton';
import type { Evidence } from '@/server/api/actions/evidence';
import { ChampionForm, type ChampionIntent } from './champion-form';
import { Outcome } from '../press/outcome';
import { usePress } from '../press/use-press';

const WORDS = {
  promote: {
    title: (model: string) => `Promote ${model}`,
    what: 'It becomes champion of its config and is sent to the nodes. Training and selfplay go on with it.',
    done: 'It is champion now.',
  },
  rollback: {
    title: (model: string) => `Roll back ${model}`,
    what: 'An earlier champion returns. The model that goes is held: it counts as a problem if anything promotes it again, until an operator lifts the hold.',
    done: 'The earlier champion is back.',
  },
} as const;

/** Decides about a champion: evidence side by side, warnings, reason, the name typed; then how far it got. */
export function ChampionDialog({ intent, onClose }: { intent: ChampionIntent; onClose: () => void }) {
  const { title, what, done } = WORDS[intent.verb];
  const press = usePress();
  const [to, setTo] = useState<string | null>(null);
  const { evidence, error, again } = useEvidence(intent, to);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={title(intent.model)} description={what} place="right">
        {press.state.kind === 'done' ? (
          <Outcome says={done} pressed={press.state.pressed} onClose={onClose} />
        ) : error !== null ? (
          <Failed message={error} onAgain={again} />
        ) : evidence === undefined ? (
          <Skeleton className="h-96" />
        ) : (
          <ChampionForm
            key={`${String(evidence.at)} ${evidence.coming.model_id}`}
            intent={intent}
            evidence={evidence}
            press={press}
            onChoose={setTo}
            onAgain={() => {
              press.clear();
              again();
            }}
            onClose={onClose}
          />
        )}
      </DialogContent>
    </Dialog>
  );
}

/** The evidence at the moment of opening: it stays what the operator read until they look again. */
function useEvidence(
  { verb, model }: ChampionIntent,
  to: string | null,
): { evidence: Evidence | undefined; error: string | null; again: () => void } {
  const trpc = useTRPC();
  const fresh = { staleTime: Infinity, gcTime: 0, refetchOnReconnect: false, retry: false } as const;
  const promotion = useQuery(
    trpc.actions.promotionEvidence.queryOptions(
      { model_id: model },
      { ...fresh, enabled: verb === 'promote' },
    ),
  );
  const rollback = useQuery(
    trpc.actions.rollbackEvidence.queryOptions(
      { model_id: model, rollback_to: to },
      { ...fresh, enabled: verb === 'rollback' },
    ),
  );
  const { data, error, refetch } = verb === 'promote' ? promotion : rollback;
  return { evidence: data, error: error?.message ?? null, again: () => void refetch() };
}

function Failed({ message, onAgain }: { message: string; onAgain: () => void }) {
  return (
    <div role="alert" className="flex flex-col items-start gap-3">
      <p className="text-bad">{message}</p>
      <Button size="md" onClick={onAgain}>
        Look again
      </Button>
    </div>
  );
}
