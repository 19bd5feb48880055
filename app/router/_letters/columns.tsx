import Link from 'next/link';
import type { Column } from '@/components/table/data-table';
import { Badge } from '@/components/ui/signs/badge';
import { Button } from '@/components/ui/controls/button';
import { EventTypeName } from '@/components/ui/names/event-type-name';
import { NONE } from '@/components/ui/format';
import { Time } from '@/components/ui/time/time';
import type { LetterRow } from '@/server/api/pages/router';
import { KIND_NAMES } from '../search-params';
import type { Verb } from './use-desk';

interface Actions {
  readonly onOpen: (letter: LetterRow) => void;
  /** Null where nothing can be done: letters that are decided already. */
  readonly onAct: ((verb: Verb, letter: LetterRow) => void) | null;
  /** Something is under way: no second press. */
  readonly busy: boolean;
}

export function letterColumns({ onOpen, onAct, busy }: Actions): Column<LetterRow>[] {
  const columns: Column<LetterRow>[] = [
    {
      id: 'at',
      header: 'When',
      value: ({ at }) => at,
      time: true,
      cell: ({ at }) => <Time at={at} className="whitespace-nowrap" />,
    },
    {
      id: 'kind',
      header: 'Kind',
      value: ({ kind }) => KIND_NAMES[kind],
      cell: ({ kind }) => (
        <Badge tone={kind === 'handler' ? 'bad' : 'warn'} shape>
          {KIND_NAMES[kind]}
        </Badge>
      ),
    },
    {
      id: 'reason',
      header: 'Reason',
      value: ({ reason }) => reason,
      cell: ({ reason }) => <span className="line-clamp-3 min-w-60 break-words">{reason}</span>,
    },
    { id: 'type', header: 'Type', value: ({ event_type }) => event_type, cell: typeCell },
    {
      id: 'from',
      header: 'From',
      hint: 'Who sent it, and the row id or the handler that failed',
      value: ({ source, reference }) => `${source} ${reference ?? ''}`,
      cell: ({ source, reference, kind }) => (
        <span className="whitespace-nowrap text-dim">
          <code>{source || NONE}</code>
          {reference !== null && (
            <>
              , {kind === 'row' ? 'row' : 'handler'} <code>{reference}</code>
            </>
          )}
        </span>
      ),
    },
    {
      id: 'content',
      header: 'Payload',
      value: ({ content }) => content,
      cell: (letter) => (
        <button
          type="button"
          onClick={() => onOpen(letter)}
          aria-label={`Show the payload of letter ${letter.id}`}
          className="block max-w-56 truncate rounded-sm text-left font-mono text-2xs text-dim underline decoration-line-strong underline-offset-2 hover:text-accent"
        >
          {letter.content.slice(0, 80) || 'empty'}
        </button>
      ),
    },
  ];
  if (onAct !== null) columns.push(actionColumn(onAct, busy));
  return columns;
}

function actionColumn(onAct: (verb: Verb, letter: LetterRow) => void, busy: boolean): Column<LetterRow> {
  return {
    id: 'act',
    header: 'Decide',
    value: ({ id }) => id,
    cell: (letter) => (
      <span className="flex gap-1">
        {/* Not `disabled` while it works: that would take the focus away from the button that was pressed. */}
        <Button
          aria-disabled={busy}
          onClick={() => !busy && onAct('retry', letter)}
          aria-label={`Retry letter ${letter.id}`}
        >
          Retry
        </Button>
        <Button
          variant="ghost"
          aria-disabled={busy}
          onClick={() => !busy && onAct('discard', letter)}
          aria-label={`Discard letter ${letter.id}`}
        >
          Discard
        </Button>
      </span>
    ),
  };
}

/** The event of a handler's letter is in history; a row that became no event has only a type. */
function typeCell({ event_type: type, event_id: id, kind }: LetterRow) {
  if (type === null) return NONE;
  if (kind !== 'handler' || id === null) return <EventTypeName type={type} />;
  return (
    <Link
      href={`/events/${encodeURIComponent(id)}`}
      prefetch={false}
      className="rounded-sm underline decoration-line-strong underline-offset-2 hover:text-accent"
    >
      <EventTypeName type={type} />
    </Link>
  );
}
