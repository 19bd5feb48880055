import { EventLink } from './event-facts';

/** Says of a repeated event that nobody was told of it, and leads to the first. */
export function DuplicateNote({ firstId }: { firstId: string | null }) {
  if (firstId === null) return null;
  return (
    <p className="rounded border bg-raised p-2 text-xs break-words text-dim">
      A duplicate: stored because the shared log has it, not delivered again. The first was{' '}
      <EventLink id={firstId} />.
    </p>
  );
}
