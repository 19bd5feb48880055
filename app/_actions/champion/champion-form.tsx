'use client';

import { useState } from 'react';
import { useTopic } from '@/app/_client/live/live-provider';
import { useTRPCClient } from '@/app/_client/queries/trpc';
import { useMay } from '@/app/_client/visitor';
import { Button } from '@/components/ui/controls/button';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import type { WarningCode } from '@/domain/actions/input';
import type { ConfigEntity } from '@/domain/realtime/entities';
import type { Evidence } from '@/server/api/actions/evidence';
import { EvidenceTable } from './evidence-table';
import { Labelled } from '../press/labelled';
import { NodeChanges } from './node-changes';
import { PressBar } from '../press/press-bar';
import { reasonProblem } from '../press/reason';
import { ReasonField } from '../press/reason-field';
import type { Press } from '../press/use-press';
import { WarningList } from './warning-list';

/** What is about to be decided: this model comes, or this champion goes. */
export interface ChampionIntent {
  readonly verb: 'promote' | 'rollback';
  readonly model: string;
}

interface Props {
  intent: ChampionIntent;
  evidence: Evidence;
  press: Press;
  /** Another champion to go back to. */
  onChoose: (model: string) => void;
  /** Takes a new look at everything. */
  onAgain: () => void;
  onClose: () => void;
}

/** The champion of the config now, as the live state has it; undefined while it knows nothing of the config. */
function useChampionNow(config: string | null): string | null | undefined {
  const configs = useTopic<ConfigEntity>('models.configs');
  return config === null ? undefined : configs.get(config)?.champion;
}

export function ChampionForm({ intent, evidence, press, onChoose, onAgain, onClose }: Props) {
  const client = useTRPCClient();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  // A name that is copied brings a space or a line's end along.
  const confirm = typed.trim();
  const [read, setRead] = useState<ReadonlySet<WarningCode>>(new Set());
  const [force, setForce] = useState(false);
  const mayForce = useMay('administer');
  const now = useChampionNow(evidence.config);
  const changed = now !== undefined && now !== evidence.champion;
  const missing = whatIsMissing({
    ...{ intent, evidence, reason, confirm, read, changed, force },
    offline: press.offline,
  });
  const submit = (): void => {
    const common = { reason, confirm, expected_champion: evidence.champion, acknowledged: [...read] };
    const slot = `${intent.verb}:${intent.model}:${evidence.coming.model_id}:${evidence.champion ?? ''}`;
    void press.run(slot, (key, signal) =>
      intent.verb === 'promote'
        ? client.actions.promote.mutate(
            { key, model_id: intent.model, ...common, ...(force ? { force: true } : {}) },
            { signal },
          )
        : client.actions.rollback.mutate(
            { key, model_id: intent.model, rollback_to: evidence.coming.model_id, ...common },
            { signal },
          ),
    );
  };
  return (
    <form
      className="flex min-h-full flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (missing === null) submit();
      }}
    >
      {changed && <Changed champion={now} onAgain={onAgain} />}
      {evidence.refusal !== null && !changed && (
        <Refusal evidence={evidence} mayForce={mayForce} force={force} onForce={setForce} />
      )}
      {evidence.choices.length > 1 && (
        <Labelled label="Go back to">
          <Select value={evidence.coming.model_id} onChange={(event) => onChoose(event.target.value)}>
            {evidence.choices.map((model) => (
              <option key={model}>{model}</option>
            ))}
          </Select>
        </Labelled>
      )}
      <EvidenceTable evidence={evidence} />
      <NodeChanges evidence={evidence} />
      <WarningList
        warnings={evidence.warnings}
        read={read}
        onRead={(code, yes) => setRead((before) => withCode(before, code, yes))}
      />
      <ReasonField value={reason} onChange={setReason} />
      <Labelled label={`Type ${intent.model} to confirm`}>
        <Input className="h-8 font-mono" value={typed} onChange={(event) => setTyped(event.target.value)} />
      </Labelled>
      <PressBar
        label={intent.verb === 'rollback' ? 'Roll back' : force ? 'Force the promotion' : 'Promote'}
        danger={intent.verb === 'rollback' || force}
        missing={missing}
        state={press.state}
        onClose={onClose}
      />
    </form>
  );
}

function withCode(
  before: ReadonlySet<WarningCode>,
  code: WarningCode,
  yes: boolean,
): ReadonlySet<WarningCode> {
  const after = new Set(before);
  if (yes) after.add(code);
  else after.delete(code);
  return after;
}

/** What makes it impossible now, and for admins the way past a recovery. */
function Refusal({
  evidence: { refusal, forcible },
  mayForce,
  force,
  onForce,
}: {
  evidence: Evidence;
  mayForce: boolean;
  force: boolean;
  onForce: (force: boolean) => void;
}) {
  return (
    <div
      role="alert"
      className="flex flex-col gap-1 rounded border border-bad/50 bg-bad-soft px-3 py-2 text-bad"
    >
      <p>{refusal}</p>
      {forcible && !mayForce && <p>Only an admin can promote in spite of that.</p>}
      {forcible && mayForce && (
        <label className="flex items-start gap-2 text-fg">
          <input
            type="checkbox"
            className="mt-1 size-3.5 shrink-0 accent-[var(--bad)]"
            checked={force}
            onChange={(event) => onForce(event.target.checked)}
          />
          <span>Promote in spite of that. The log and the cluster are told that it was forced.</span>
        </label>
      )}
    </div>
  );
}

function Changed({ champion, onAgain }: { champion: string | null; onAgain: () => void }) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-2 rounded border border-bad/50 bg-bad-soft px-3 py-2 text-bad"
    >
      <p className="min-w-0 flex-1">
        The champion changed while this was open: it is{' '}
        <span className="font-mono break-all">{champion ?? 'nobody'}</span> now. What you see below is no
        longer so.
      </p>
      <Button size="md" onClick={onAgain}>
        Look again
      </Button>
    </div>
  );
}

/** The first thing that stands between the operator and the press, in words; null for none. */
function whatIsMissing(facts: {
  intent: ChampionIntent;
  evidence: Evidence;
  reason: string;
  confirm: string;
  read: ReadonlySet<WarningCode>;
  changed: boolean;
  force: boolean;
  offline: string | null;
}): string | null {
  const { intent, evidence, reason, confirm, read } = facts;
  if (facts.offline !== null) return facts.offline;
  if (facts.changed) return 'The champion changed: look again first.';
  if (evidence.refusal !== null && !(evidence.forcible && facts.force)) return evidence.refusal;
  const unread = evidence.warnings.filter(({ code }) => !read.has(code)).length;
  if (unread > 0)
    return unread === 1
      ? 'Tick the warning that you have seen.'
      : `Tick the ${unread} warnings that you have seen.`;
  const problem = reasonProblem(reason);
  if (problem !== null) return problem;
  return confirm === intent.model ? null : 'Type the model’s name to confirm.';
}
