import Link from 'next/link';
import { CircleCheck } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { EventLink } from '@/components/live/event-link';
import { cn } from '@/components/ui/cn';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount } from '@/components/ui/format';
import { SeverityIcon } from '@/components/ui/signs/severity-icon';
import { Age } from '@/components/ui/time/time';
import type { ProblemEntity } from '@/domain/realtime/entities';
import { explainedAt, isSeen } from './selectors';

const SHOWN = 50;

/** What is wrong right now, worst first. */
export function ProblemList({
  problems,
  tools,
}: {
  problems: readonly ProblemEntity[];
  /** What can be done about one, for who may. */
  tools?: (problem: ProblemEntity) => ReactNode;
}) {
  if (problems.length === 0)
    return <Empty title="Nothing is wrong">Problems that the events report stand here until they end.</Empty>;
  return (
    <ul className="divide-y">
      {problems.slice(0, SHOWN).map((problem) => (
        <ProblemLine key={problem.id} problem={problem} tools={tools?.(problem)} />
      ))}
      {problems.length > SHOWN && (
        <li className="px-3 py-1.5 text-xs text-faint">and {formatCount(problems.length - SHOWN)} more</li>
      )}
    </ul>
  );
}

/** The problem leads to the page that explains it, its age to the event that told of it last. */
const ProblemLine = memo(function ProblemLine({
  problem,
  tools,
}: {
  problem: ProblemEntity;
  tools: ReactNode;
}) {
  const { acknowledged } = problem;
  const calm = isSeen(problem);
  return (
    <li className="flex min-w-0 items-start hover:bg-raised">
      <Link
        href={explainedAt(problem)}
        prefetch={false}
        className="flex min-w-0 flex-1 items-start gap-2 py-1.5 pr-2 pl-3"
      >
        {calm ? (
          <CircleCheck className="mt-1 size-3.5 shrink-0 text-faint" role="img" aria-label="acknowledged" />
        ) : (
          <SeverityIcon severity={problem.severity} className="mt-1" />
        )}
        <span className="min-w-0 flex-1">
          <span className="flex min-w-0 flex-wrap items-baseline gap-x-2 text-xs">
            {/* In full, as far as four lines go: a name cut short would hide what is wrong with it. */}
            <span
              title={problem.title}
              className={cn(
                'line-clamp-4 min-w-0 [overflow-wrap:anywhere]',
                calm ? 'text-dim' : 'font-medium',
              )}
            >
              {problem.title}
            </span>
            {problem.count > 1 && (
              <span className="shrink-0 text-2xs text-faint">
                ×{formatCount(problem.count)}, last <Age at={problem.last_at} />
              </span>
            )}
          </span>
          {/* What is to be done stands at its end. */}
          <span className="line-clamp-2 text-2xs [overflow-wrap:anywhere] text-dim" title={problem.detail}>
            {problem.detail}
          </span>
          {acknowledged != null && (
            <span className="block truncate text-2xs text-dim" title={acknowledged.reason}>
              Acknowledged by {acknowledged.by.replace(/^\w+:/, '')} <Age at={acknowledged.at} />:{' '}
              {acknowledged.reason}
            </span>
          )}
        </span>
      </Link>
      <span className="shrink-0 py-1.5 pr-3 text-2xs">
        <EventLink event={problem.event}>
          <Age at={problem.since} />
        </EventLink>
      </span>
      {tools !== undefined && <span className="shrink-0 py-1 pr-3 empty:hidden">{tools}</span>}
    </li>
  );
});
