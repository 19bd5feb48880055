'use client';

import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { Outcome } from '@/app/_actions/press/outcome';
import { PressBar } from '@/app/_actions/press/press-bar';
import { reasonProblem } from '@/app/_actions/press/reason';
import { ReasonField } from '@/app/_actions/press/reason-field';
import { usePress } from '@/app/_actions/press/use-press';
import { useTRPCClient } from '@/app/_client/queries/trpc';
import { Panel } from '@/components/ui/panel/panel';
import type { JsonObject } from '@/domain/json';
import type { Checked } from '@/server/api/actions/compose';
import type { ComposedType, Composition } from '@/server/api/actions/composer-page';
import { DriftNote } from './drift-note';
import { DuplicateRuleNote } from './duplicate-rule';
import { PayloadEditor } from './payload-editor';
import { useCheck } from './use-check';
import { usePayload, type PayloadDraft } from './use-payload';

const NOTHING: JsonObject = {};

/** The form of a type, and what came of it. */
export function ComposeForm({ type, from }: { type: ComposedType; from: Composition['from'] }) {
  const client = useTRPCClient();
  const router = useRouter();
  const press = usePress();
  const form = useRef<HTMLFormElement>(null);
  const draft = usePayload(type, from?.payload ?? NOTHING);
  const [reason, setReason] = useState('');
  const { payload } = draft;
  const { checked } = useCheck(type.name, payload);
  const drift = driftBeside(draft, checked);
  // What was ticked counts for the differences that were read, and for no others.
  const [allowedFor, setAllowedFor] = useState<string | null>(null);
  const allowed = allowedFor === JSON.stringify(drift);
  const missing = press.offline ?? whatIsMissing({ draft, checked, allowed, reason });
  const submit = (): void => {
    if (payload === null) return;
    const asked = {
      ...{ event_type: type.name, payload, reason, allow_drift: allowed },
      from: from?.event_id ?? null,
    };
    void press.run(`compose:${JSON.stringify(asked)}`, (key, signal) =>
      client.actions.compose.mutate({ key, ...asked }, { signal }),
    );
  };
  if (press.state.kind === 'done')
    return (
      <Panel title="Sent">
        <Outcome
          says={`${type.name} is sent.`}
          pressed={press.state.pressed}
          close="Change and send another"
          onClose={() => {
            // The button that was pressed goes: who wrote by keyboard goes on in the payload.
            flushSync(press.clear);
            form.current?.querySelector<HTMLElement>('input:not([type=radio]), select, textarea')?.focus();
          }}
        />
      </Panel>
    );
  return (
    <form
      ref={form}
      className="flex min-w-0 flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (missing === null) submit();
      }}
    >
      <PayloadEditor type={type} draft={draft} />
      <Panel title="Before it is sent">
        <div className="flex min-w-0 flex-col gap-4">
          <DuplicateRuleNote type={type} repeats={checked?.repeats} />
          <DriftNote
            drift={drift}
            allowed={allowed}
            onAllow={(on) => setAllowedFor(on ? JSON.stringify(drift) : null)}
          />
          <ReasonField value={reason} onChange={setReason} />
          <PressBar
            label="Send"
            stays={false}
            missing={missing}
            state={press.state}
            onClose={() => router.push('/actions')}
          />
        </div>
      </Panel>
    </form>
  );
}

/** What the form does not say beside its fields already. */
function driftBeside({ problems }: PayloadDraft, checked: Checked | undefined): Checked['drift'] {
  return (checked?.drift ?? []).filter(({ path }) => !Object.hasOwn(problems, path));
}

/** The first thing that stands between the operator and the press, in words; null for none. */
function whatIsMissing(facts: {
  draft: PayloadDraft;
  checked: Checked | undefined;
  allowed: boolean;
  reason: string;
}): string | null {
  const { draft, checked, allowed, reason } = facts;
  if (draft.jsonProblem !== null) return draft.jsonProblem;
  const [problem] = Object.entries(draft.problems);
  if (problem !== undefined) return `${problem[0]} ${problem[1]}.`;
  if (checked !== undefined && checked.drift.length > 0 && !allowed)
    return 'It differs from the catalogue: change it, or tick that it is meant so.';
  return reasonProblem(reason);
}
