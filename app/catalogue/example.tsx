import { EventLink } from '@/components/live/event-link';
import { CopyButton } from '@/components/ui/controls/copy-button';
import { JsonTree } from '@/components/ui/values/json-tree';
import { Time } from '@/components/ui/time/time';
import type { WireEvent } from '@/domain/events/envelope';

/** The newest event of a type, with what differs from the catalogue marked in its payload. */
export function Example({ example }: { example: WireEvent | null }) {
  if (example === null)
    return <p className="text-faint">This history has no event of this type, hence no example.</p>;
  const { event_id, event_type, timestamp, payload, drift, source, hostname } = example;
  const marks = new Map(drift.map(({ path, message }) => [path, { message }]));
  const missing = drift.filter(({ kind }) => kind === 'missing');
  return (
    <section aria-label={`Example of ${event_type}`} className="min-w-0 rounded border bg-surface">
      <header className="flex flex-wrap items-center gap-x-3 border-b px-2 py-1 text-dim">
        <span className="font-medium text-fg">Newest</span>
        <EventLink event={{ event_id, event_type, timestamp }}>
          <Time at={timestamp} />
        </EventLink>
        <span className="min-w-0 truncate font-mono">
          {source}
          {hostname !== '' && ` on ${hostname}`}
        </span>
        <CopyButton
          text={() => JSON.stringify(payload, null, 2)}
          label="Copy the payload"
          className="ml-auto"
        />
      </header>
      <div className="relative max-h-96 overflow-auto p-2" tabIndex={0} role="group" aria-label="Payload">
        <JsonTree value={payload} openDepth={2} marks={marks} />
        {missing.length > 0 && (
          <p className="mt-1 text-warn">Missing: {missing.map(({ path }) => path).join(', ')}</p>
        )}
      </div>
    </section>
  );
}
