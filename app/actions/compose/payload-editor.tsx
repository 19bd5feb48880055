'use client';

import { Segmented } from '@/components/ui/controls/segmented';
import { Panel } from '@/components/ui/panel/panel';
import { Textarea } from '@/components/ui/controls/textarea';
import type { ComposedType } from '@/server/api/actions/composer-page';
import { PayloadField } from './payload-field';
import type { PayloadDraft } from './use-payload';

const MODES = [
  { value: 'form', label: 'Form' },
  { value: 'json', label: 'JSON' },
] as const;

const DOCUMENTED: Readonly<Record<ComposedType['documented'], string>> = {
  full: 'documented field by field',
  key_fields: 'key fields documented, the others expected',
  expected: 'undocumented: the fields are what is expected',
};

/** The payload as a form or as JSON. */
export function PayloadEditor({ type, draft }: { type: ComposedType; draft: PayloadDraft }) {
  const { mode, setMode, jsonProblem } = draft;
  return (
    <Panel
      title="Payload"
      hint={DOCUMENTED[type.documented]}
      header={<Segmented label="Write it as" value={mode} options={MODES} onChange={setMode} />}
    >
      {mode === 'form' ? (
        <FormFields type={type} draft={draft} />
      ) : (
        <div className="flex flex-col gap-1">
          <Textarea
            aria-label="Payload as JSON"
            aria-describedby="json-problem"
            aria-invalid={jsonProblem !== null}
            spellCheck={false}
            rows={Math.min(24, Math.max(8, draft.json.split('\n').length + 1))}
            className="font-mono"
            value={draft.json}
            onChange={(event) => draft.setJson(event.target.value)}
          />
          <p id="json-problem" className="text-xs text-bad">
            {jsonProblem ?? ''}
          </p>
        </div>
      )}
    </Panel>
  );
}

function FormFields({
  type,
  draft: { draft, problems, setField, setForm },
}: {
  type: ComposedType;
  draft: PayloadDraft;
}) {
  const fields = type.forms[draft.form] ?? [];
  const others = Object.keys(draft.more);
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {type.forms.length > 1 && (
        <Segmented
          label="Which form of the payload"
          value={String(draft.form)}
          options={type.forms.map((_, index) => ({
            value: String(index),
            label: `Form ${String(index + 1)}`,
          }))}
          onChange={(value) => setForm(Number(value))}
        />
      )}
      <div className="grid min-w-0 grid-cols-1 gap-x-6 gap-y-2 md:grid-cols-2">
        {fields.map((field) => (
          <PayloadField
            key={field.name}
            field={field}
            text={draft.texts[field.name] ?? ''}
            problem={problems[field.name]}
            onText={(text) => setField(field.name, text)}
          />
        ))}
      </div>
      {others.length > 0 && (
        <p className="text-xs text-dim">
          Also sent, as they are: <span className="font-mono break-words">{others.join(', ')}</span>. Change
          them as JSON.
        </p>
      )}
    </div>
  );
}
