import { Button } from '@/components/ui/controls/button';
import { formatCount, formatPlural } from '@/components/ui/format';
import type { DeskResult } from './use-desk';

/** What became of the letters, also while it is still under way. */
export function DeskOutcome({
  result,
  onStop,
  onClose,
}: {
  result: DeskResult;
  onStop: () => void;
  onClose: () => void;
}) {
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="text-base">
        {outcomeLine(result)}
      </p>
      {result.error !== null && <p className="text-bad">Stopped: {result.error}</p>}
      {result.reasons.length > 0 && (
        <ul className="relative flex max-h-60 flex-col gap-1 overflow-auto text-xs">
          {result.reasons.map(({ id, reason }) => (
            <li key={id}>
              <span className="text-faint">Letter {id}:</span> {reason}
            </li>
          ))}
          {result.stayed > result.reasons.length && (
            <li className="text-faint">
              and {formatCount(result.stayed - result.reasons.length)} more, each with its reason in the list
            </li>
          )}
        </ul>
      )}
      <div className="flex justify-end gap-2">
        {result.running && result.verb === 'retry' && (
          <Button size="md" onClick={onStop}>
            Stop
          </Button>
        )}
        <Button size="md" variant="primary" disabled={result.running} onClick={onClose}>
          Close
        </Button>
      </div>
    </div>
  );
}

/** One sentence, e.g. `3 letters are done, 1 stays open.` */
export function outcomeLine({ verb, done, stayed, running }: DeskResult): string {
  const work = verb === 'retry' ? 'Retrying' : 'Discarding';
  if (running) return `${work}… ${formatCount(done)} done, ${formatCount(stayed)} stay open`;
  if (verb === 'discard') return `${formatPlural(done, 'letter')} discarded.`;
  const stay = stayed === 0 ? '' : `, ${formatCount(stayed)} ${stayed === 1 ? 'stays' : 'stay'} open`;
  if (done === 0 && stayed > 0) return `None could be taken${stay}.`;
  return `${formatPlural(done, 'letter')} retried with success${stay}.`;
}
