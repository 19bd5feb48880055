import type { Mistake } from '@/domain/query';

/** Characters that are shown on each side of a mistake. */
const AROUND = 24;

/** What is wrong with a query, with its place marked; a live region, as it comes and goes while typing. */
export function QueryMistake({ id, text, mistake }: { id: string; text: string; mistake: Mistake }) {
  const { start, end, message } = mistake;
  const until = Math.min(end, start + AROUND);
  return (
    <span
      id={id}
      role="status"
      data-testid="query-mistake"
      className="block w-full rounded border border-warn/40 bg-warn-soft px-2 py-1 text-xs break-words text-warn"
    >
      <span className="font-mono" dir="ltr" aria-hidden>
        {text.slice(Math.max(0, start - AROUND), start)}
        <mark className="bg-transparent font-bold text-warn underline decoration-wavy">
          {text.slice(start, until) || '\u2038'}
        </mark>
        {text.slice(until, until + AROUND)}
      </span>
      <span className="block">
        <span className="sr-only">At character {start + 1}: </span>
        <span className="block first-letter:uppercase">{message}</span>
      </span>
    </span>
  );
}
