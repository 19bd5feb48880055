'use client';

import { useState } from 'react';
import { useTRPCClient } from '@/app/_client/queries/trpc';
import { Dialog, DialogContent } from '@/components/ui/over/dialog';
import { Outcome } from '../press/outcome';
import { PressBar } from '../press/press-bar';
import { reasonProblem } from '../press/reason';
import { ReasonField } from '../press/reason-field';
import { usePress } from '../press/use-press';

/** Lifts the hold that a rollback put on a model. */
export function HoldDialog({ model, onClose }: { model: string; onClose: () => void }) {
  const client = useTRPCClient();
  const press = usePress();
  const [reason, setReason] = useState('');
  const missing = press.offline ?? reasonProblem(reason);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={`Lift the hold of ${model}`}
        description="It was rolled back. Once the hold is lifted, the cluster may promote it again without a problem being raised."
      >
        {press.state.kind === 'done' ? (
          <Outcome says="The hold is lifted." pressed={press.state.pressed} onClose={onClose} />
        ) : (
          <form
            className="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              if (missing !== null) return;
              void press.run(`release:${model}`, (key, signal) =>
                client.actions.releaseHold.mutate({ key, model_id: model, reason }, { signal }),
              );
            }}
          >
            <ReasonField value={reason} onChange={setReason} />
            <PressBar label="Lift the hold" missing={missing} state={press.state} onClose={onClose} />
          </form>
        )}
      </DialogContent>
    </Dialog>
  );
}
