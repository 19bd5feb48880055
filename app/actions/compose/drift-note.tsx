import { TriangleAlert } from 'lucide-react';
import type { DriftFinding } from '@/domain/events/envelope';

/** How the payload differs from the catalogue; it is sent so only when that is ticked. */
export function DriftNote({
  drift,
  allowed,
  onAllow,
}: {
  drift: readonly DriftFinding[];
  allowed: boolean;
  onAllow: (allowed: boolean) => void;
}) {
  if (drift.length === 0) return null;
  return (
    <fieldset className="flex min-w-0 flex-col gap-1 rounded border border-warn/50 bg-warn-soft px-3 py-2 text-sm">
      <legend className="sr-only">Differences from the catalogue</legend>
      <ul className="flex flex-col gap-0.5">
        {drift.map(({ path, message }) => (
          <li key={`${path} ${message}`} className="flex min-w-0 items-start gap-2">
            <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
            <span className="min-w-0 break-words">{message}</span>
          </li>
        ))}
      </ul>
      <label className="flex items-start gap-2">
        <input
          type="checkbox"
          className="mt-1 size-3.5 shrink-0 accent-[var(--warn)]"
          checked={allowed}
          onChange={(event) => onAllow(event.target.checked)}
        />
        <span>Send it like this all the same.</span>
      </label>
    </fieldset>
  );
}
