'use client';

import { useQuery } from '@tanstack/react-query';
import { Check, CircleAlert, CircleDashed, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTRPC } from '@/app/_client/queries/trpc';
import { EventLink } from '@/components/live/event-link';
import { useNow, useServerSecond } from '@/components/ui/time/clock';
import { cn } from '@/components/ui/cn';
import { formatCount, formatDuration } from '@/components/ui/format';
import { Time } from '@/components/ui/time/time';
import type { ActionStatus, Receiver } from '@/server/api/actions/status';

/** Looked at anew this often while something is still awaited. */
const LOOK_MS = 1_000;

/** How far an action got, live until it is answered. */
export function ActionProgress({ actionId, initial }: { actionId: string; initial?: ActionStatus | null }) {
  const trpc = useTRPC();
  const { data, error } = useQuery(
    trpc.actions.detail.queryOptions(
      { action_id: actionId },
      { refetchInterval: ({ state }) => (isSettled(state.data?.status) ? false : LOOK_MS) },
    ),
  );
  const status = data?.status ?? initial ?? null;
  if (status === null)
    return <p className="text-xs text-dim">{error === null ? 'Looking how far it got…' : error.message}</p>;
  return <Steps status={status} />;
}

function isSettled(status: ActionStatus | null | undefined): boolean {
  if (status == null) return false;
  if (status.awaits.length > 0) return status.state === 'answered' && status.waiting.length === 0;
  return status.row_id !== null && status.waiting.length === 0;
}

type StepState = 'done' | 'waiting' | 'late' | 'nobody';
const ICONS = { done: Check, waiting: CircleDashed, late: CircleAlert, nobody: Minus } as const;
const TONES = { done: 'text-ok', waiting: 'text-faint', late: 'text-warn', nobody: 'text-faint' } as const;
const WORDS = { done: 'done', waiting: 'waiting', late: 'late', nobody: 'by nobody' } as const;

function Step({ state, title, children }: { state: StepState; title: string; children?: ReactNode }) {
  const Icon = ICONS[state];
  return (
    <li className="flex min-w-0 items-start gap-2">
      <Icon className={cn('mt-0.5 size-4 shrink-0', TONES[state])} aria-label={WORDS[state]} role="img" />
      <div className="min-w-0 text-sm">
        <span className={cn('font-medium', state === 'nobody' && 'text-dim')}>{title}</span>
        <span className="block text-xs break-words text-dim">{children}</span>
      </div>
    </li>
  );
}

function Steps({ status }: { status: ActionStatus }) {
  const { row_id: row, trouble, committed_at: committed, seq } = status;
  return (
    <ol className="flex flex-col gap-2" aria-label="How far it got">
      <Step state="done" title="Committed">
        event #{formatCount(seq)} at <Time at={committed} format="time" />
      </Step>
      <Step
        state={row !== null ? 'done' : trouble !== null ? 'late' : 'waiting'}
        title="Forwarded to the cluster"
      >
        {row !== null ? `row ${formatCount(row)} of events.db` : (trouble ?? 'waits in the outbox')}
      </Step>
      <Step state={ackState(status)} title={ackTitle(status)}>
        <Receivers status={status} />
      </Step>
      {status.awaits.length > 0 && <AnswerStep status={status} />}
    </ol>
  );
}

/** Done when none is left that still polls: who is silent may never ack. */
function ackState({ acked, waiting, row_id: row }: ActionStatus): StepState {
  if (acked === null || waiting.some(({ active }) => active)) return 'waiting';
  if (acked.length > 0) return 'done';
  return row !== null && waiting.length === 0 ? 'nobody' : 'waiting';
}

function ackTitle({ acked, waiting }: ActionStatus): string {
  const all = (acked?.length ?? 0) + waiting.length;
  if (acked === null || all === 0) return 'Acknowledged by subscribers';
  return `Acknowledged by ${acked.length} of ${all} ${all === 1 ? 'subscriber' : 'subscribers'}`;
}

function Receivers({ status: { acked, waiting, row_id } }: { status: ActionStatus }) {
  if (acked === null) return 'events.db cannot be read right now';
  if (acked.length + waiting.length === 0)
    return row_id === null ? 'not there yet' : 'no process of the cluster subscribed to this type';
  const active = waiting.filter((each) => each.active);
  const silent = waiting.length - active.length;
  return [
    ...(acked.length > 0 ? [namesOf(acked)] : []),
    ...(active.length > 0 ? [`waiting for ${namesOf(active)}`] : []),
    ...(silent > 0 ? [`silent: ${formatCount(silent)}`] : []),
  ].join('; ');
}

/** Processes of one name on one machine are told as one. */
function namesOf(receivers: readonly Receiver[]): string {
  const counts = new Map<string, number>();
  for (const { process, hostname } of receivers) {
    const name = hostname === '' ? process : `${process} on ${hostname}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} ×${count}`)).join(', ');
}

function AnswerStep({ status: { answer, awaits, state, due_at: due } }: { status: ActionStatus }) {
  // As the server judges what is overdue. In a history at rest ages count from its newest event, which may be a year ago.
  const now = Math.max(useNow(), useServerSecond());
  const types = awaits.join(' or ');
  if (answer !== null)
    return (
      <Step state="done" title="Answered">
        <EventLink event={answer}>{answer.event_type}</EventLink>
      </Step>
    );
  return (
    <Step
      state={state === 'overdue' ? 'late' : 'waiting'}
      title={state === 'overdue' ? 'Answer overdue' : 'Answer awaited'}
    >
      {types}
      {state === 'overdue'
        ? ' did not come'
        : due !== null && `, at the latest in ${formatDuration(due - now)}`}
    </Step>
  );
}
