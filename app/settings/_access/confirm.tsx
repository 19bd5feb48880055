'use client';

import { Button } from '@/components/ui/controls/button';
import { Dialog, DialogContent } from '@/components/ui/over/dialog';
import { useChange } from './use-change';

/** What is about to be done, in words, and how. */
export interface Intent {
  readonly title: string;
  readonly what: string;
  readonly press: string;
  readonly work: () => Promise<unknown>;
}

/** Asks before access ends; says what went wrong and stays then. */
export function Confirm({ intent, onClose }: { intent: Intent; onClose: () => void }) {
  // Its own, so that what went wrong is forgotten with it.
  const change = useChange();
  const press = async (): Promise<void> => {
    const done = await change.run(async () => {
      await intent.work();
      return true;
    });
    if (done) onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={intent.title} description={intent.what}>
        <p role="alert" className="min-h-5 text-sm text-bad first-letter:uppercase">
          {change.error}
        </p>
        <div className="flex justify-end gap-2">
          <Button size="md" onClick={onClose}>
            Cancel
          </Button>
          <Button size="md" variant="danger" disabled={change.busy} onClick={() => void press()}>
            {intent.press}
          </Button>
        </div>
      </DialogContent>
    </Dialog>
  );
}
