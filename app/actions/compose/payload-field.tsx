'use client';

import { useId, useState, type ComponentProps } from 'react';
import { Names } from '@/app/_actions/request/field-input';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { Textarea } from '@/components/ui/controls/textarea';
import { emptyMeans } from '@/domain/actions/draft';
import type { FieldInfo, FieldType } from '@/domain/events/catalogue/fields';

interface Props {
  readonly field: FieldInfo;
  readonly text: string;
  /** Words that follow the field's name; undefined while nothing is wrong. */
  readonly problem: string | undefined;
  readonly onText: (text: string) => void;
}

const WORDS: Readonly<Record<FieldType, string>> = {
  str: 'text',
  int: 'whole number',
  float: 'number',
  bool: 'true or false',
  'list[str]': 'texts, one per line',
  dict: 'object, as JSON',
  any: 'any value, as JSON',
  'str | None': 'text',
};

/** A documented field: its name, type and note, a control for its type, and what is wrong with it as it is typed. */
export function PayloadField(props: Props) {
  const { field, problem, text } = props;
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-xs">
        <span className="font-mono font-medium">{field.name}</span>{' '}
        <span className="text-dim">{aboutOf(field)}</span>
      </label>
      <Control {...props} id={id} describedBy={`${id}-problem`} />
      {/* That an empty field is needed stands in its label. */}
      <p id={`${id}-problem`} className="text-2xs text-bad">
        {problem === undefined || text === '' ? '' : `${field.name} ${problem}`}
      </p>
    </div>
  );
}

function aboutOf(field: FieldInfo): string {
  const empty = emptyMeans(field);
  const parts = [WORDS[field.type], field.hint];
  if (empty === 'filled in')
    parts.push(field.name === 'timestamp' ? 'empty: the time of sending' : 'empty: your reason below');
  else if (empty === null) parts.push('needed');
  else parts.push(empty === 'left out' ? 'optional' : `empty: ${empty}`);
  return parts.filter((part) => part !== null).join(' · ');
}

/** Fields that name something which exists, and where its names are. */
const TOPIC_OF: Readonly<Record<string, string>> = {
  ...{ model_id: 'models.models', rollback_to: 'models.models', config_key: 'models.configs' },
  ...{ config: 'models.configs', node_id: 'nodes.nodes', host_id: 'nodes.nodes', host: 'nodes.nodes' },
  ...{ target_node: 'nodes.nodes', source_node: 'nodes.nodes', target: 'nodes.nodes' },
};

/** Values that a field's note names, such as `checksum, format, missing`: offered, never required. */
function valuesIn(hint: string | null): readonly string[] {
  if (hint === null || !/^(e\.g\. )?[\w-]+(, [\w-]+)+$/.test(hint)) return [];
  return hint.replace(/^e\.g\. /, '').split(', ');
}

function Control({
  field,
  text,
  problem,
  onText,
  id,
  describedBy,
}: Props & { id: string; describedBy: string }) {
  // A line's field takes no breaks, and one of lines stays when the last break goes: another control would lose the focus.
  const [ofLines] = useState(field.type === 'list[str]' || text.includes('\n'));
  const rows = Math.min(8, text.split('\n').length + 1);
  const common = {
    ...{ id, value: text, 'aria-describedby': describedBy },
    'aria-invalid': problem !== undefined && text !== '',
    onChange: (event: { target: { value: string } }) => onText(event.target.value),
  };
  if (field.type === 'bool')
    return (
      <Select className="max-w-40" {...common}>
        <option value="">{field.required ? 'Choose…' : 'left out'}</option>
        <option value="true">true</option>
        <option value="false">false</option>
        {!['', 'true', 'false'].includes(text) && <option>{text}</option>}
      </Select>
    );
  if (field.type === 'dict' || field.type === 'any')
    return <Textarea rows={rows} spellCheck={false} className="font-mono" {...common} />;
  return ofLines ? <Textarea rows={rows} {...common} /> : <Line field={field} {...common} />;
}

/** A field of one line, with what it may name as far as that is known. */
function Line({ field, ...input }: { field: FieldInfo } & ComponentProps<typeof Input>) {
  const list = useId();
  if (field.type === 'int' || field.type === 'float')
    return <Input className="h-8" inputMode="decimal" {...input} />;
  const topic = TOPIC_OF[field.name];
  const values = valuesIn(field.hint);
  const offers = topic !== undefined || values.length > 0;
  return (
    <>
      <Input className="h-8" list={offers ? list : undefined} {...input} />
      {topic !== undefined && <Names id={list} topic={topic} />}
      {offers && topic === undefined && (
        <datalist id={list}>
          {values.map((value) => (
            <option key={value} value={value} />
          ))}
        </datalist>
      )}
    </>
  );
}
