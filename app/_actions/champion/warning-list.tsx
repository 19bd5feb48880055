import { TriangleAlert } from 'lucide-react';
import type { Warning } from '@/server/api/actions/warnings';

/** What needs a second look; each is ticked by itself. */
export function WarningList({
  warnings,
  read,
  onRead,
}: {
  warnings: readonly Warning[];
  read: ReadonlySet<string>;
  onRead: (code: Warning['code'], read: boolean) => void;
}) {
  if (warnings.length === 0) return null;
  return (
    <fieldset className="flex flex-col gap-1 rounded border border-warn/50 bg-warn-soft px-3 py-2">
      <legend className="sr-only">Warnings that need a second look</legend>
      {warnings.map(({ code, text }) => (
        <label key={code} className="flex items-start gap-2 text-sm text-fg">
          <input
            type="checkbox"
            className="mt-1 size-3.5 shrink-0 accent-[var(--warn)]"
            checked={read.has(code)}
            onChange={(event) => onRead(code, event.target.checked)}
          />
          <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
          <span className="min-w-0">
            {text} <span className="text-dim">I have seen this.</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
