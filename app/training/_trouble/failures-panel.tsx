import Link from 'next/link';
import type { PageInput } from '@/app/_client/page/page-search';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount, formatPlural } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Age } from '@/components/ui/time/time';
import type { FailureGroup } from '@/server/api/pages/training/overview';
import { RunLink } from '../looks';
import { TracebackOf } from './traceback';

/** Failed runs by what went wrong, the newest first, each with a traceback to read. */
export function FailuresPanel({ groups, input }: { groups: readonly FailureGroup[]; input: PageInput }) {
  const failures = groups.reduce((sum, group) => sum + group.failures, 0);
  return (
    <Panel
      title="Failures"
      hint={`${formatPlural(failures, 'failure')}, by error`}
      header={
        <Link
          href={`/events?${eventsQuery(input)}`}
          prefetch={false}
          className="text-xs text-dim underline decoration-line-strong underline-offset-2 hover:text-accent"
        >
          All their events
        </Link>
      }
      flush
    >
      {groups.length === 0 ? (
        <Empty title="No run failed in this stretch" />
      ) : (
        <ul className="divide-y">
          {groups.map((group) => (
            <li key={group.error} className="flex min-w-0 flex-col gap-1.5 p-3 text-xs">
              <Failure group={group} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function eventsQuery({ configs, since, until }: PageInput): string {
  const query = new URLSearchParams({ type: 'TRAINING_FAILED' });
  if (configs.length > 0) query.set('config', configs.join(','));
  if (since !== null) query.set('since', `${since}`);
  if (until !== null) query.set('until', `${until}`);
  return query.toString();
}

function Failure({ group }: { group: FailureGroup }) {
  const { error, failures, configs, nodes, newest, runs } = group;
  return (
    <>
      <div className="flex min-w-0 flex-wrap items-baseline gap-x-3">
        <span className="min-w-0 font-mono font-medium break-words text-bad">{error}</span>
        <span className="text-dim">
          {formatCount(failures)}×, the last{' '}
          <Link
            href={`/events/${newest.event_id}`}
            prefetch={false}
            className="underline decoration-line-strong underline-offset-2 hover:text-accent"
          >
            <Age at={newest.t} />
          </Link>
        </span>
      </div>
      <p className="text-2xs text-faint">
        {configs.length > 0 && `of ${configs.join(', ')} `}
        {nodes.length > 0 && `on ${nodes.join(', ')}`}
      </p>
      <p className="flex min-w-0 flex-wrap gap-x-3 gap-y-2 text-2xs">
        <span className="text-faint">Runs</span>
        {runs.map((job) => (
          <RunLink key={job} jobId={job} className="max-w-full truncate" />
        ))}
      </p>
      <TracebackOf eventId={newest.event_id} />
    </>
  );
}
