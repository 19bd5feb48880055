import { withTerm } from '@/domain/query';
import type { EventFilter } from '@/domain/realtime/contract';
import { Button } from '@/components/ui/controls/button';
import { Empty } from '@/components/ui/panel/empty';
import { Time } from '@/components/ui/time/time';
import type { Facets, FilterPatch } from '../filters';
import { CLEAR } from '../filters';
import { barePaths, lateSpan, type Late } from './misread';
import { strangers, type Stranger } from './strangers';

interface Props {
  filter: EventFilter;
  facets: Facets;
  /** The newest event and now, epoch seconds. */
  newest: number | null;
  now: number;
  onChange: (patch: FilterPatch) => void;
}

/** Why nothing matches as far as that can be known, and the ways out of it. */
export function NoMatches({ filter, facets, newest, now, onChange }: Props) {
  const { q = '', since, until } = filter;
  const timed = since !== undefined || until !== undefined;
  const late = lateSpan(q, newest, now);
  return (
    <Empty title="No event matches">
      <div className="flex flex-col items-center gap-2">
        {strangers(q, facets).map((stranger) => (
          <Unknown
            key={`${stranger.field} ${stranger.value}`}
            stranger={stranger}
            onTake={(value) => onChange({ q: instead(q, stranger, value) })}
          />
        ))}
        {barePaths(q).map((path) => (
          <p key={path} className="max-w-full break-words text-dim">
            <span className="font-mono">{path}</span> is read as words: to ask for the field, compare it, as
            in <span className="font-mono">{path}&gt;0</span> or{' '}
            <span className="font-mono">{path}:text</span>.
          </p>
        ))}
        {late !== null && newest !== null && (
          <TooLate
            late={late}
            newest={newest}
            onTake={() =>
              onChange({ q: late.rest === '' ? null : late.rest, since: Math.floor(newest - late.ago) })
            }
          />
        )}
        <p>Matching events appear here as they arrive.</p>
        <div className="flex flex-wrap justify-center gap-2">
          {timed && <Button onClick={() => onChange({ since: null, until: null })}>Search any time</Button>}
          <Button onClick={() => onChange(CLEAR)}>Show all events</Button>
        </div>
      </div>
    </Empty>
  );
}

/** A recording, or a cluster that has been silent: what is asked for lies after its last event. */
function TooLate({ late, newest, onTake }: { late: Late; newest: number; onTake: () => void }) {
  return (
    <p className="flex min-w-0 flex-wrap items-center justify-center gap-1.5 text-dim">
      <span className="min-w-0 break-words">
        <span className="font-mono">{late.term}</span> counts back from now, and the newest event is of{' '}
        <Time at={newest} format="datetime" />.
      </span>
      <Button onClick={onTake}>Count from the newest event</Button>
    </p>
  );
}

const instead = (q: string, { field, value }: Stranger, name: string): string =>
  withTerm(withTerm(q, field, value, null), field, name, 'included');

function Unknown({
  stranger: { field, value, alike },
  onTake,
}: {
  stranger: Stranger;
  onTake: (value: string) => void;
}) {
  return (
    <p className="flex min-w-0 flex-wrap items-center justify-center gap-1.5 text-dim">
      <span className="min-w-0 break-words">
        No recent event has the {field} <span className="font-mono">{value}</span>
        {alike.length === 0 ? '.' : '. Did you mean'}
      </span>
      {alike.map((name) => (
        <Button key={name} className="max-w-full min-w-0" onClick={() => onTake(name)}>
          <span className="truncate font-mono">{name}</span>
        </Button>
      ))}
    </p>
  );
}
