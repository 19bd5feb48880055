import Link from 'next/link';
import { Button } from '@/components/ui/controls/button';
import type { Pressed } from '@/server/api/actions/press';
import { ActionProgress } from './progress';

/** What a press did, and how far it got since. */
export function Outcome({
  says,
  pressed,
  close = 'Close',
  onClose,
}: {
  says: string;
  pressed: Pressed;
  /** What the button does that ends it. */
  close?: string;
  onClose: () => void;
}) {
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className="text-base">
        {pressed.repeated ? `This was pressed before, and happened once. ${says}` : says}
      </p>
      <ActionProgress actionId={pressed.action_id} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button size="md" asChild>
          <Link href={`/actions?action=${pressed.action_id}`}>Show in the log</Link>
        </Button>
        <Button size="md" variant="primary" autoFocus onClick={onClose}>
          {close}
        </Button>
      </div>
    </div>
  );
}
