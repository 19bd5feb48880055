import type { Column } from '@/components/table/data-table';
import { Badge } from '@/components/ui/signs/badge';
import { formatPercent, NONE } from '@/components/ui/format';
import { Age } from '@/components/ui/time/time';
import type { TaskItem } from '@/domain/projections/work/entities';
import { OpenButton } from '../_items/item-columns';
import { TASK_TONE, words } from '../tones';

type Row = Omit<TaskItem, 'steps'>;

/** `open` is told the id of the task that was clicked. */
export function taskColumns(open: (taskId: string) => void): readonly Column<Row>[] {
  return [
    {
      id: 'task_id',
      header: 'Task',
      value: (row) => row.task_id,
      cell: (row) => <OpenButton id={row.task_id} onOpen={open} />,
    },
    { id: 'type', header: 'Type', value: (row) => row.task_type, cell: (row) => row.task_type ?? NONE },
    {
      id: 'state',
      header: 'State',
      value: (row) => row.state,
      cell: (row) => (
        <Badge tone={TASK_TONE[row.state]} shape>
          {words(row.state)}
        </Badge>
      ),
    },
    {
      id: 'since',
      header: 'Since',
      value: (row) => row.since,
      time: true,
      cell: (row) => <Age at={row.since} className="whitespace-nowrap" />,
    },
    {
      id: 'node',
      header: 'Node',
      value: (row) => row.node,
      cell: (row) => <span className="font-mono text-dim">{row.node ?? NONE}</span>,
    },
    {
      id: 'progress',
      header: 'Progress',
      hint: 'As its last heartbeat tells it',
      align: 'right',
      value: (row) => row.progress,
      // Of a task that is done it would say how far it was at its last heartbeat before the end.
      cell: (row) => (row.state === 'done' ? NONE : progress(row.progress)),
    },
    {
      id: 'heartbeat',
      header: 'Last heartbeat',
      value: (row) => row.last_heartbeat,
      cell: (row) =>
        row.last_heartbeat === null ? NONE : <Age at={row.last_heartbeat} className="whitespace-nowrap" />,
    },
    {
      id: 'note',
      header: 'Error or reason',
      value: (row) => row.note,
      cell: (row) => (
        <span className="block max-w-72 truncate text-dim" title={row.note ?? undefined}>
          {row.note ?? NONE}
        </span>
      ),
    },
  ];
}

/** Producers tell a share, or steps done. */
function progress(value: number | null): string {
  if (value === null) return NONE;
  return value >= 0 && value <= 1 ? formatPercent(value) : String(value);
}
