import { Button } from '@/components/ui/controls/button';
import { cn } from '@/components/ui/cn';
import { DatedNow } from './dated-now';
import type { PressState } from './use-press';

/**
 * The buttons below a form, with why the press is not possible yet, or what became of the last one. `stays`: at the lower edge of
 * the dialog that scrolls, so that a long form never hides them.
 */
export function PressBar({
  label,
  danger = false,
  stays = true,
  missing,
  state,
  onClose,
}: {
  label: string;
  danger?: boolean;
  stays?: boolean;
  /** What is still missing, in words; null when it can be pressed. */
  missing: string | null;
  state: PressState;
  onClose: () => void;
}) {
  const sending = state.kind === 'sending';
  return (
    <div
      className={cn(
        'flex flex-col gap-2',
        stays && 'sticky -bottom-4 -mx-4 mt-auto -mb-4 border-t bg-surface px-4 py-3',
      )}
    >
      {state.kind === 'failed' && (
        <p role="alert" className="rounded border border-bad/50 bg-bad-soft px-3 py-2 text-sm text-bad">
          {state.message}
        </p>
      )}
      <DatedNow />
      <div className="flex flex-wrap items-center justify-end gap-2">
        <p id="press-missing" className="min-w-0 flex-1 text-xs text-dim" aria-live="polite">
          {missing ?? ''}
        </p>
        <Button size="md" onClick={onClose}>
          Cancel
        </Button>
        <Button
          type="submit"
          size="md"
          variant={danger ? 'danger' : 'primary'}
          disabled={missing !== null || sending}
          aria-describedby="press-missing"
        >
          {sending ? 'Sending…' : label}
        </Button>
      </div>
    </div>
  );
}
