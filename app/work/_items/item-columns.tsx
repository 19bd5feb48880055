import type { Column } from '@/components/table/data-table';
import { Badge } from '@/components/ui/signs/badge';
import { Elapsed } from '@/components/ui/time/elapsed';
import { formatCount, formatDuration, NONE } from '@/components/ui/format';
import { Age } from '@/components/ui/time/time';
import { LIVE_WORK_STATES, type WorkItem } from '@/domain/projections/work/entities';
import { words, WORK_TONE } from '../tones';

type Row = Omit<WorkItem, 'steps'>;

const LIVE: ReadonlySet<string> = new Set(LIVE_WORK_STATES);

/** `open` is told the id of the piece of work that was clicked. */
export function itemColumns(open: (workId: string) => void): readonly Column<Row>[] {
  return [
    {
      id: 'work_id',
      header: 'Work',
      value: (row) => row.work_id,
      cell: (row) => <OpenButton id={row.work_id} onOpen={open} />,
    },
    { id: 'type', header: 'Type', value: (row) => row.work_type, cell: (row) => row.work_type ?? NONE },
    {
      id: 'state',
      header: 'State',
      value: (row) => words(row.state),
      cell: (row) => (
        <Badge tone={WORK_TONE[row.state]} shape>
          {words(row.state)}
        </Badge>
      ),
    },
    {
      id: 'since',
      header: 'Since',
      hint: 'How long it is in its state, or when it ended',
      value: (row) => row.since,
      time: true,
      cell: (row) => (
        <span className="whitespace-nowrap">
          {LIVE.has(row.state) ? <Elapsed at={row.since} /> : <Age at={row.since} />}
        </span>
      ),
    },
    {
      id: 'priority',
      header: 'Priority',
      hint: 'Higher is more urgent',
      align: 'right',
      value: (row) => row.priority,
      cell: (row) => formatCount(row.priority),
    },
    {
      id: 'attempts',
      header: 'Attempts',
      hint: 'How often it was claimed',
      align: 'right',
      value: (row) => row.attempts,
    },
    {
      id: 'waited',
      header: 'Waited',
      hint: 'From queued to claimed, newest attempt',
      align: 'right',
      value: (row) => row.waited,
      cell: (row) => formatDuration(row.waited),
    },
    {
      id: 'ran',
      header: 'Ran',
      hint: 'As its completion reports it, else from started to completed',
      align: 'right',
      value: (row) => row.ran,
      cell: (row) => formatDuration(row.ran),
    },
    { id: 'node', header: 'Node', value: (row) => row.node, cell: (row) => <Mono text={row.node} /> },
    { id: 'config', header: 'Config', value: (row) => row.config, cell: (row) => <Mono text={row.config} /> },
    {
      id: 'note',
      header: 'Error or reason',
      hint: 'The newest that was reported',
      value: (row) => row.note,
      cell: (row) => (
        <span className="block max-w-72 truncate text-dim" title={row.note ?? undefined}>
          {row.note ?? NONE}
        </span>
      ),
    },
    {
      id: 'heard',
      header: 'Last event',
      value: (row) => row.heard_at,
      time: true,
      cell: (row) => <Age at={row.heard_at} className="whitespace-nowrap text-dim" />,
    },
  ];
}

export function OpenButton({ id, onOpen }: { id: string; onOpen: (id: string) => void }) {
  return (
    <button
      type="button"
      onClick={() => onOpen(id)}
      className="max-w-40 truncate rounded-sm font-mono underline decoration-line-strong underline-offset-2 hover:text-accent sm:max-w-64"
      title={id}
    >
      {id}
    </button>
  );
}

function Mono({ text }: { text: string | null }) {
  return <span className="font-mono whitespace-nowrap text-dim">{text ?? NONE}</span>;
}
