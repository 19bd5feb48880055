import { Badge } from '@/components/ui/signs/badge';
import { formatPlural } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { ToneShape } from '@/components/ui/signs/status-dot';
import type { FlowReport } from '@/server/router/flow-check';

/** `validateEventFlow()` in words: what is wrong with what to do about it, then what was found well. */
export function FlowCheck({ flow }: { flow: FlowReport }) {
  const well = flow.checks.filter(({ ok }) => ok);
  return (
    <Panel
      title="Event flow"
      hint={`${flow.checks.length} checks`}
      header={
        <Badge tone={flow.healthy ? 'ok' : 'warn'} shape>
          {flow.healthy ? 'healthy' : formatPlural(flow.issues.length, 'issue')}
        </Badge>
      }
    >
      {flow.issues.length > 0 && (
        <ul className="mb-2 flex flex-col gap-2 text-sm">
          {flow.issues.map((issue, index) => (
            <li key={issue} className="flex gap-2 rounded bg-warn-soft px-2 py-1.5">
              <ToneShape tone="warn" className="mt-1" />
              <span className="min-w-0">
                <span className="font-medium">{issue}</span>{' '}
                <span className="text-dim">{flow.recommendations[index]}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      <ul className="grid gap-x-4 gap-y-1 text-xs text-dim sm:grid-cols-2">
        {well.map(({ says }) => (
          <li key={says} className="flex gap-1.5">
            <ToneShape tone="ok" className="mt-1 size-2" />
            {says}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
