import Link from 'next/link';
import type { ReactNode } from 'react';
import { StatusDot } from '@/components/ui/signs/status-dot';
import { formatDuration, NONE } from '@/components/ui/format';
import { Table, Td, Th, Tr } from '@/components/ui/panel/table';
import { Time } from '@/components/ui/time/time';
import type { DurationRow, Quantiles } from '@/server/api/pages/pipeline/durations';
import type { HopRow, RunRow } from '@/server/api/pages/pipeline/runs';
import { STAGE_LABEL } from '../labels';

/** The hops of a run one by one, beside what is usual for its config, and where to read on. */
export function RunDetail({ run, usual }: { run: RunRow; usual: DurationRow | undefined }) {
  return (
    <div className="border-t bg-bg px-3 py-2">
      <RunLinks run={run} />
      <Table label={`Hops of ${run.run_id}`}>
        <thead>
          <tr>
            <Th className="sticky left-0 bg-bg">Stage</Th>
            <Th>Began</Th>
            <Th>Over</Th>
            <Th className="text-right">Took</Th>
            <Th className="text-right">Of it waiting</Th>
            <Th className="text-right">Usual p50</Th>
            <Th className="text-right">p95</Th>
            <Th>Belongs to the run by</Th>
          </tr>
        </thead>
        <tbody>
          {run.hops.map((hop) => (
            <HopLine key={hop.stage} hop={hop} usual={usual?.of[hop.stage]} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function RunLinks({ run }: { run: RunRow }) {
  const { job_id: job, model_id: model, config, node } = run;
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-0.5 pb-1 text-xs text-dim">
      {job !== null && (
        <span>
          job <Page href={`/training/${encodeURIComponent(job)}`}>{job}</Page>
        </span>
      )}
      {model !== null && (
        <span>
          model <Page href={`/models/${encodeURIComponent(model)}`}>{model}</Page>
        </span>
      )}
      {node !== null && (
        <span>
          trained on <Page href={`/nodes/${encodeURIComponent(node)}`}>{node}</Page>
        </span>
      )}
      {config !== null && (
        <span>
          config <Page href={`/events?config=${encodeURIComponent(config)}`}>{config}</Page>
        </span>
      )}
    </p>
  );
}

function Page({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className="font-mono underline underline-offset-2 hover:text-accent">
      {children}
    </Link>
  );
}

const BY_DATA: ReadonlySet<string> = new Set(['selfplay', 'new_games', 'sync', 'export']);

function tieOf({ stage, guessed }: HopRow): string {
  if (!BY_DATA.has(stage)) return 'job or model';
  if (stage === 'export')
    return guessed ? 'time: the completion names no config' : 'config, the last before the threshold';
  if (guessed) return 'time: no node fits';
  return stage === 'sync' ? 'node of the new games' : 'config and node';
}

function HopLine({ hop, usual }: { hop: HopRow; usual: Quantiles | undefined }) {
  const slow = hop.took !== null && usual !== undefined && usual.runs >= 8 && hop.took > usual.p95;
  return (
    <Tr>
      <Td className="sticky left-0 bg-bg font-medium whitespace-nowrap">
        {STAGE_LABEL[hop.stage]}
        {hop.status === 'failed' && (
          <StatusDot tone="bad" label="failed or turned down" hideLabel className="pl-1" />
        )}
        {hop.status === 'active' && <StatusDot tone="busy" label="not over" hideLabel className="pl-1" />}
      </Td>
      <Td className="whitespace-nowrap">
        <Moment at={hop.started_at} seq={hop.started_seq} />
      </Td>
      <Td className="whitespace-nowrap">
        <Moment at={hop.ended_at} seq={hop.ended_seq} />
      </Td>
      <Td className="text-right whitespace-nowrap">
        {slow ? <StatusDot tone="warn" label={formatDuration(hop.took)} /> : formatDuration(hop.took)}
      </Td>
      <Td className="text-right whitespace-nowrap text-dim">{formatDuration(hop.waited)}</Td>
      <Td className="text-right whitespace-nowrap text-dim">{formatDuration(usual?.p50 ?? null)}</Td>
      <Td className="text-right whitespace-nowrap text-dim">{formatDuration(usual?.p95 ?? null)}</Td>
      <Td className="whitespace-nowrap text-faint">{tieOf(hop)}</Td>
    </Tr>
  );
}

/** A moment, leading to its event where there is one. */
function Moment({ at, seq }: { at: number | null; seq: number | null }) {
  if (at === null) return <span className="text-faint">{NONE}</span>;
  if (seq === null) return <Time at={at} className="text-faint" />;
  return (
    <Link
      href={`/events/${seq}`}
      prefetch={false}
      className="underline decoration-line-strong underline-offset-2 hover:text-accent"
    >
      <Time at={at} />
    </Link>
  );
}
