import { memo } from 'react';
import { EventLink } from '@/components/live/event-link';
import { DataTable, type Column } from '@/components/table/data-table';
import { Badge } from '@/components/ui/signs/badge';
import { ConfigName } from '@/components/ui/names/config-name';
import { Empty } from '@/components/ui/panel/empty';
import { formatDuration, humanise } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Age } from '@/components/ui/time/time';
import { findingSentence, judgement, type Finding } from './findings';

/** Every step out of order and every late one, of all lifecycles. */
export const FindingsPanel = memo(function FindingsPanel({ findings }: { findings: readonly Finding[] }) {
  return (
    <Panel title="Lifecycle findings" hint="steps out of order, and steps that came late or never" flush>
      <DataTable
        label="Lifecycle findings"
        rows={findings}
        rowKey={({ id }) => id}
        columns={COLUMNS}
        initialSort={{ id: 'at', desc: true }}
        filter
        maxHeight="24rem"
        empty={
          <Empty title="No step came late or out of order">
            The order of training, evaluation, sync, recovery, work and pipeline steps is checked as events
            come in.
          </Empty>
        }
      />
    </Panel>
  );
});

const STATE = (finding: Finding): string =>
  finding.resolved ? (finding.took_seconds === null ? 'over' : 'came late') : 'open';

const COLUMNS: readonly Column<Finding>[] = [
  {
    id: 'subject',
    header: 'Subject',
    hint: 'the job, model, work, node or config that the step belongs to',
    value: ({ subject }) => subject,
    cell: ({ subject }) => (
      <span className="block max-w-42 truncate font-mono sm:max-w-56" title={subject}>
        {subject}
      </span>
    ),
  },
  {
    id: 'finding',
    header: 'Finding',
    value: findingSentence,
    cell: (finding) => (
      <span className="block min-w-60 sm:min-w-72">
        <EventLink event={finding.event} className="text-fg">
          {findingSentence(finding)}
        </EventLink>
      </span>
    ),
  },
  {
    id: 'state',
    header: 'State',
    value: STATE,
    cell: (finding) => (
      <Badge tone={finding.resolved ? 'off' : 'warn'} shape>
        {STATE(finding)}
      </Badge>
    ),
  },
  { id: 'lifecycle', header: 'Lifecycle', value: ({ lifecycle }) => humanise(lifecycle) },
  {
    id: 'config',
    header: 'Config',
    value: ({ config }) => config,
    cell: ({ config }) => <ConfigName name={config} className="text-dim" />,
  },
  {
    id: 'allowed',
    header: 'Allowed',
    hint: 'three times what 95 of 100 took, two minutes at least',
    align: 'right',
    value: ({ expected_seconds: expected }) => expected,
    cell: (finding) => <span title={judgement(finding)}>{formatDuration(finding.expected_seconds)}</span>,
  },
  {
    id: 'at',
    header: 'Found',
    value: ({ at }) => at,
    time: true,
    cell: ({ at }) => <Age at={at} className="whitespace-nowrap text-dim" />,
  },
];
