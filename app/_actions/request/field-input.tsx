'use client';

import { useId } from 'react';
import { useTopic } from '@/app/_client/live/live-provider';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { SeverityIcon } from '@/components/ui/signs/severity-icon';
import { formatCount } from '@/components/ui/format';
import type { Field } from '@/domain/actions/field';
import type { ProblemEntity } from '@/domain/realtime/entities';
import { Labelled } from '../press/labelled';
import { strangers } from './strangers';

/** What a field's text stands for; undefined where it is empty. */
export function valueOf({ type }: Field, text: string): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  if (type === 'number' || type === 'integer') return Number(trimmed);
  if (type !== 'nodes') return trimmed;
  return trimmed.split(/[\s,]+/).filter((name) => name !== '');
}

/** Where names that exist are taken from. */
const TOPICS: Readonly<Partial<Record<Field['type'], string>>> = {
  model: 'models.models',
  config: 'models.configs',
  node: 'nodes.nodes',
  nodes: 'nodes.nodes',
  problem: 'problems.open',
};

export function FieldInput({
  field,
  text,
  onText,
}: {
  field: Field;
  text: string;
  onText: (text: string) => void;
}) {
  const list = useId();
  const topic = TOPICS[field.type];
  const number = field.type === 'number' || field.type === 'integer';
  const hint = field.hint ?? (field.type === 'nodes' ? 'separated by commas' : boundsOf(field));
  return (
    <Labelled label={field.label} {...(hint === undefined ? {} : { hint })}>
      {field.options === undefined ? (
        <Input
          className="h-8"
          inputMode={number ? 'decimal' : undefined}
          list={topic === undefined || field.type === 'nodes' ? undefined : list}
          value={text}
          onChange={(event) => onText(event.target.value)}
        />
      ) : (
        <Select value={text} onChange={(event) => onText(event.target.value)}>
          {field.options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </Select>
      )}
      {topic !== undefined && field.type !== 'nodes' && <Names id={list} topic={topic} />}
      {field.type === 'problem' ? (
        <ProblemWords id={text} />
      ) : (
        topic !== undefined && <Strangers topic={topic} value={valueOf(field, text)} />
      )}
    </Labelled>
  );
}

function boundsOf({ least, most }: Field): string | undefined {
  if (least === undefined || most === undefined) return undefined;
  return `${formatCount(least)} to ${formatCount(most)}`;
}

/** What an id of a problem stands for. */
function ProblemWords({ id }: { id: string }) {
  const problem = useTopic<ProblemEntity>('problems.open').get(id.trim());
  if (problem === undefined) return null;
  return (
    <span className="flex min-w-0 items-start gap-1.5 text-xs">
      <SeverityIcon severity={problem.severity} className="mt-0.5" />
      <span className="min-w-0 break-words">
        <span className="font-medium">{problem.title}</span>{' '}
        <span className="text-dim">{problem.detail}</span>
      </span>
    </span>
  );
}

/** They are sent as they are. */
function Strangers({ topic, value }: { topic: string; value: unknown }) {
  const names = strangers(value, useTopic(topic, 1_000));
  if (names.length === 0) return null;
  return (
    <span className="text-xs break-words text-warn">
      Not known here, and sent as written: <span className="font-mono">{names.join(', ')}</span>
    </span>
  );
}

const MOST = 300;

/** Names that exist, to choose from; any other may be typed. */
export function Names({ id, topic }: { id: string; topic: string }) {
  const entities = useTopic(topic, 1_000);
  return (
    <datalist id={id}>
      {[...entities.keys()].slice(0, MOST).map((name) => (
        <option key={name} value={name} />
      ))}
    </datalist>
  );
}
