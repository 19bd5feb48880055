'use client';

import Link from 'next/link';
import { Empty } from '@/components/ui/panel/empty';
import { formatDuration, formatPlural } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/controls/tabs';
import type { Chain, MissingStep } from '@/domain/chains';
import { CHAIN_LABEL } from './chain-labels';
import { ChainTable } from './event-chain-table';

export type ShownChain = Chain & { readonly missing: MissingStep | null };

/** What led to an event and what followed: a waterfall per chain, in tabs where there are several. */
export function EventChainPanel({ chains, now }: { chains: readonly ShownChain[]; now: number | null }) {
  const [only] = chains;
  return (
    <Panel
      title="Chain"
      hint={
        chains.length === 1 && only ? <ChainName chain={only} /> : 'what led to this event, and what followed'
      }
      flush
    >
      <Body chains={chains} now={now} />
    </Panel>
  );
}

function ChainName({ chain }: { chain: ShownChain }) {
  return (
    <>
      {CHAIN_LABEL[chain.kind]}{' '}
      {chain.kind === 'run' ? (
        <Link
          href={`/training/${encodeURIComponent(chain.subject)}`}
          prefetch={false}
          className="font-mono text-accent hover:underline"
        >
          {chain.subject}
        </Link>
      ) : (
        <span className="font-mono">{chain.subject}</span>
      )}
    </>
  );
}

function Body({ chains, now }: { chains: readonly ShownChain[]; now: number | null }) {
  const [first] = chains;
  if (first === undefined) {
    return (
      <Empty title="No other event is tied to this one">
        Events are tied by ids that they share (job, model, work, task, correlation) and by states that begin
        and end: an outage, a quality episode, a sync, a lock. Being near in time is no tie.
      </Empty>
    );
  }
  if (chains.length === 1) return <ChainView chain={first} now={now} />;
  const name = (chain: ShownChain): string => `${chain.kind} ${chain.subject}`;
  return (
    <Tabs defaultValue={name(first)}>
      <TabsList aria-label="Chains" className="flex-wrap px-2">
        {chains.map((chain) => (
          <TabsTrigger key={name(chain)} value={name(chain)}>
            {CHAIN_LABEL[chain.kind]} <span className="text-xs text-faint">{chain.members.length}</span>
          </TabsTrigger>
        ))}
      </TabsList>
      {chains.map((chain) => (
        <TabsContent key={name(chain)} value={name(chain)}>
          <p className="px-3 pt-2 text-xs text-dim">
            <ChainName chain={chain} />
          </p>
          <ChainView chain={chain} now={now} />
        </TabsContent>
      ))}
    </Tabs>
  );
}

function ChainView({ chain, now }: { chain: ShownChain; now: number | null }) {
  const last = chain.members.at(-1);
  return (
    <>
      <p className="px-3 pt-2 text-xs text-faint">
        {formatPlural(chain.members.length, 'event')} over {formatDuration(last?.offset ?? 0)}
        {cutNote(chain)}
      </p>
      <ChainTable chain={chain} />
      {chain.missing !== null && <MissingNote missing={chain.missing} now={now} />}
    </>
  );
}

function cutNote({ cut_before, cut_after }: ShownChain): string {
  if (cut_before && cut_after) return '; the ones around this event, more before and after';
  if (cut_before) return '; more before, not listed';
  return cut_after ? '; more after, not listed' : '';
}

function MissingNote({ missing, now }: { missing: MissingStep; now: number | null }) {
  const { types, after, since, usual_seconds: usual, limit_seconds: limit, given_up: lost } = missing;
  const waited = now === null ? 0 : Math.max(0, now - since);
  const late = limit !== null && waited > limit;
  return (
    <p className="flex flex-wrap items-baseline gap-x-1.5 border-t border-dashed px-3 py-2 text-xs text-dim">
      <span className={late ? 'font-medium text-warn' : 'font-medium text-fg'}>
        {lost ? 'Never came:' : late ? 'Overdue:' : 'Next:'}
      </span>
      <span className="min-w-0 break-words">
        <code>{after}</code>, no <code>{types.join(' or ')}</code> {lost ? 'in the history' : 'yet'}
        {usual !== null && `; usual is ${formatDuration(usual)}`}
        {!lost && now !== null && `, waited for ${formatDuration(waited)}`}
      </span>
    </p>
  );
}
