'use client';

import { useState } from 'react';
import { useTRPCClient } from '@/app/_client/queries/trpc';
import { Dialog, DialogContent } from '@/components/ui/over/dialog';
import type { FormSpec } from '@/domain/actions/declared';
import { formProblem } from '@/domain/actions/field';
import type { JsonObject } from '@/domain/json';
import { FieldInput, valueOf } from './field-input';
import { Outcome } from '../press/outcome';
import { PressBar } from '../press/press-bar';
import { reasonProblem } from '../press/reason';
import { ReasonField } from '../press/reason-field';
import { usePress } from '../press/use-press';

/** The form of a declared action, and what came of it. `preset`: fields that are known already. */
export function RequestDialog({
  spec,
  preset = {},
  onClose,
}: {
  spec: FormSpec;
  preset?: Readonly<Record<string, string>>;
  onClose: () => void;
}) {
  const client = useTRPCClient();
  const press = usePress();
  const { kind, form } = spec;
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() => ({
    ...firstTexts(spec),
    ...preset,
  }));
  const [reason, setReason] = useState('');
  const fields = Object.fromEntries(
    form.fields.map((field) => [field.name, valueOf(field, texts[field.name] ?? '')]),
  );
  const missing = press.offline ?? whatIsMissing(spec, fields, reason);
  const submit = (): void => {
    const asked = JSON.parse(JSON.stringify(fields)) as JsonObject;
    void press.run(`${kind}:${JSON.stringify(asked)}:${reason}`, (key, signal) =>
      client.actions.request.mutate({ kind, key, reason, fields: asked }, { signal }),
    );
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={spec.title} description={`${spec.says} Published as ${spec.eventType}.`}>
        {press.state.kind === 'done' ? (
          <Outcome says={form.words?.done ?? 'Asked.'} pressed={press.state.pressed} onClose={onClose} />
        ) : (
          <form
            className="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              if (missing === null) submit();
            }}
          >
            {form.fields.map((field) => (
              <FieldInput
                key={field.name}
                field={field}
                text={texts[field.name] ?? ''}
                onText={(text) => setTexts((before) => ({ ...before, [field.name]: text }))}
              />
            ))}
            <ReasonField value={reason} onChange={setReason} />
            <PressBar
              label={form.words?.press ?? 'Ask'}
              missing={missing}
              state={press.state}
              onClose={onClose}
            />
          </form>
        )}
      </DialogContent>
    </Dialog>
  );
}

function firstTexts({ form }: FormSpec): Record<string, string> {
  return Object.fromEntries(form.fields.map(({ name, options }) => [name, options?.[0] ?? '']));
}

function whatIsMissing(
  { form }: FormSpec,
  fields: Readonly<Record<string, unknown>>,
  reason: string,
): string | null {
  const problem = formProblem(form.fields, fields);
  if (problem !== null) return problem;
  return reasonProblem(reason);
}
