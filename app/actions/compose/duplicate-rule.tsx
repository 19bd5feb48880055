import Link from 'next/link';
import { formatDuration } from '@/components/ui/format';
import { Time } from '@/components/ui/time/time';
import type { Checked } from '@/server/api/actions/compose';
import type { ComposedType } from '@/server/api/actions/composer-page';

/** Whether this would be taken for a repetition, until when, and why what is sent here never is. */
export function DuplicateRuleNote({
  type,
  repeats,
}: {
  type: ComposedType;
  repeats: Checked['repeats'] | undefined;
}) {
  const { window_seconds: window, cleared_by: clearedBy, clears } = type.rule;
  return (
    <section aria-label="Repetitions" className="flex min-w-0 flex-col gap-1 text-xs text-dim">
      <p>
        The same content of this type within {formatDuration(window)} of the first is a repetition: it is not
        delivered.
        {clearedBy.length > 0 && (
          <>
            {' '}
            About the same subject, <Types names={clearedBy} /> ends that sooner.
          </>
        )}
        {clears.length > 0 && (
          <>
            {' '}
            Sending this makes <Types names={clears} /> of the same subject new again.
          </>
        )}
      </p>
      {repeats != null && (
        <p className="text-warn">
          From a component this content would be a repetition of{' '}
          <Link href={`/events/${repeats.event_id}`} className="underline underline-offset-2">
            the event of <Time at={repeats.at} />
          </Link>{' '}
          until <Time at={repeats.until} />.
        </p>
      )}
      <p>
        What you send carries a key of its own, so it is delivered all the same, and once: a double click, a
        retry or a reload does not repeat it.
      </p>
    </section>
  );
}

function Types({ names }: { names: readonly string[] }) {
  return <span className="font-mono [overflow-wrap:anywhere]">{names.join(', ')}</span>;
}
