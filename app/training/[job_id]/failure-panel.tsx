import Link from 'next/link';
import { Panel } from '@/components/ui/panel/panel';
import { Age, Time } from '@/components/ui/time/time';
import type { RunDetail } from '@/server/api/pages/training/run';
import { TracebackOf } from '../_trouble/traceback';

/** What went wrong, newest first, with the traceback as it was written. */
export function FailurePanel({
  failures,
  ended,
  traceback,
  first,
}: {
  failures: RunDetail['failures'];
  /** False when the run went on after it. */
  ended: boolean;
  /** Of the newest failure that the server rendered with. */
  traceback: string | null;
  first: RunDetail;
}) {
  const read = first.failures.at(-1)?.id;
  return (
    <Panel
      title={ended ? 'Why it failed' : 'Failed before'}
      hint={ended ? undefined : 'the run went on after it'}
      flush
    >
      <ul className="divide-y">
        {[...failures].reverse().map((failure) => (
          <li key={failure.id} className="flex min-w-0 flex-col gap-2 p-3 text-xs">
            <p className="flex min-w-0 flex-wrap items-baseline gap-x-3">
              <span className="min-w-0 font-mono text-sm font-medium break-words text-bad">
                {failure.error}
              </span>
              <Link
                href={`/events/${failure.id}`}
                prefetch={false}
                className="text-dim underline decoration-line-strong underline-offset-2 hover:text-accent"
              >
                <Time at={failure.t} format="datetime" />, <Age at={failure.t} />
              </Link>
            </p>
            <TracebackOf
              eventId={failure.id}
              initial={failure.id === read ? { text: traceback } : undefined}
            />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
