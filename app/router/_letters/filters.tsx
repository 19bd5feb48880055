import { Button } from '@/components/ui/controls/button';
import { formatCount } from '@/components/ui/format';
import { Input } from '@/components/ui/controls/input';
import { Segmented } from '@/components/ui/controls/segmented';
import type { LetterGroup } from '@/server/api/pages/router';
import { KIND_NAMES, type LetterSearch } from '../search-params';

const STATUSES = [
  { value: 'open', label: 'Open' },
  { value: 'retried', label: 'Retried' },
  { value: 'discarded', label: 'Discarded' },
] as const;
/** Causes that are offered as buttons; the text field finds the others. */
const MOST_GROUPS = 8;

/** Which letters are listed; the open ones also by cause, the most frequent first. */
export function LetterFilters({
  search,
  groups,
  onChange,
}: {
  search: LetterSearch;
  groups: readonly LetterGroup[];
  onChange: (change: Partial<LetterSearch>) => void;
}) {
  const filtered =
    search.kind !== null || search.type !== null || search.handler !== null || search.reason !== '';
  return (
    <>
      <Segmented
        label="Which letters"
        value={search.letters}
        options={STATUSES}
        onChange={(letters) => onChange({ letters })}
      />
      <Input
        type="search"
        aria-label="Words within the reason"
        placeholder="Reason…"
        className="w-44"
        value={search.reason}
        onChange={(event) => onChange({ reason: event.target.value })}
      />
      {search.letters === 'open' &&
        groups.slice(0, MOST_GROUPS).map((group) => {
          const chosen =
            search.kind === group.kind &&
            search.type === group.event_type &&
            search.handler === group.handler;
          const what = [KIND_NAMES[group.kind], group.handler, group.event_type].filter(Boolean).join(' · ');
          return (
            <Button
              key={what}
              variant={chosen ? 'active' : 'default'}
              aria-pressed={chosen}
              className="max-w-full min-w-0"
              onClick={() =>
                onChange(
                  chosen
                    ? { kind: null, type: null, handler: null }
                    : { kind: group.kind, type: group.event_type, handler: group.handler },
                )
              }
            >
              <span className="truncate">{what}</span>
              <span className="text-faint">{formatCount(group.count)}</span>
            </Button>
          );
        })}
      {filtered && (
        <Button
          variant="ghost"
          onClick={() => onChange({ kind: null, type: null, handler: null, reason: '' })}
        >
          Clear
        </Button>
      )}
    </>
  );
}
