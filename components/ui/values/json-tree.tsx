'use client';

import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { Json } from '@/domain/json';
import { cn } from '../cn';
import { childPath, childrenOf, previewOf } from './json-tree-model';
import type { TextSpan } from '../names/marked-text';
import { MarkedText } from '../names/marked-text';
import { ToneShape } from '../signs/status-dot';

/** Children shown of one object or array before the reader asks for more: a payload may hold a megabyte. */
const PAGE = 100;

export interface JsonMark {
  /** What is odd about this value, e.g. `expected a number`. */
  readonly message: string;
}

/** What a search found: by dotted path, stretches of the JSON text of a key or a value. */
export interface JsonFinds {
  readonly keys: ReadonlyMap<string, readonly TextSpan[]>;
  readonly values: ReadonlyMap<string, readonly TextSpan[]>;
  /** Paths of branches that hold a find: they begin open. */
  readonly around: ReadonlySet<string>;
}

interface NodeProps {
  name: string | null;
  path: string;
  value: Json;
  depth: number;
  openDepth: number;
  marks?: ReadonlyMap<string, JsonMark>;
  finds?: JsonFinds;
}

/**
 * A payload as a tree that opens level by level. Strings are text, whatever they contain.
 * `marks` maps dotted paths (`metrics.elo`) to findings shown beside the value.
 */
export function JsonTree({
  value,
  openDepth = 2,
  marks,
  finds,
}: {
  value: Json;
  openDepth?: number;
  marks?: ReadonlyMap<string, JsonMark>;
  finds?: JsonFinds;
}) {
  return (
    // Deep levels are scrolled to: each keeps room for a few letters. What has the focus keeps its ring.
    <div className="-m-1 min-w-0 overflow-x-auto p-1 font-mono text-xs leading-5">
      <JsonNode
        name={null}
        path=""
        value={value}
        depth={0}
        openDepth={openDepth}
        marks={marks}
        finds={finds}
      />
    </div>
  );
}

function JsonNode(props: NodeProps) {
  const { name, path, value, marks, finds } = props;
  const children = childrenOf(value);
  const mark = marks?.get(path);
  if (children !== null && children.length > 0) return <Branch {...props} entries={children} />;
  return (
    <div className={cn('flex min-w-36 flex-wrap gap-x-2 pl-4', mark && 'bg-warn-soft')}>
      <span className="flex max-w-full min-w-0 gap-2">
        {name !== null && <Name name={name} spans={finds?.keys.get(path)} />}
        <Leaf value={value} spans={finds?.values.get(path)} />
      </span>
      {mark && <MarkNote mark={mark} />}
    </div>
  );
}

function Branch({
  name,
  path,
  value,
  depth,
  openDepth,
  marks,
  finds,
  entries,
}: NodeProps & { entries: readonly (readonly [string, Json])[] }) {
  const [open, setOpen] = useState(depth < openDepth || finds?.around.has(path) === true);
  const [shown, setShown] = useState(PAGE);
  const mark = marks?.get(path);
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <div>
      <div className={cn('flex min-w-36 flex-wrap gap-x-2', mark && 'bg-warn-soft')}>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex max-w-full min-w-0 items-center gap-1 rounded-sm text-left hover:bg-raised"
        >
          <Chevron className="size-3 shrink-0 text-faint" aria-hidden />
          {name !== null && <Name name={name} spans={finds?.keys.get(path)} />}
          <span className="truncate text-faint">{previewOf(value, open)}</span>
        </button>
        {mark && <MarkNote mark={mark} />}
      </div>
      {open && (
        <div className="ml-1.5 border-l pl-2">
          {entries.slice(0, shown).map(([key, child]) => (
            <JsonNode
              key={key}
              name={key}
              path={childPath(path, key)}
              value={child}
              depth={depth + 1}
              openDepth={openDepth}
              marks={marks}
              finds={finds}
            />
          ))}
          {entries.length > shown && (
            <button
              type="button"
              className="pl-4 text-accent hover:underline"
              onClick={() => setShown(shown + PAGE * 5)}
            >
              {entries.length - shown} more
            </button>
          )}
        </div>
      )}
    </div>
  );
}

const NONE: readonly TextSpan[] = [];

/** A key without the quotes that its JSON text has around it. */
function Name({ name, spans = NONE }: { name: string; spans?: readonly TextSpan[] }) {
  const inside = spans.map(({ start, end }) => ({
    start: Math.max(0, start - 1),
    end: Math.min(name.length, end - 1),
  }));
  return (
    <span className="max-w-[min(24rem,60vw)] shrink-0 [overflow-wrap:anywhere] text-dim">
      <MarkedText text={name} spans={inside} />:
    </span>
  );
}

function Leaf({ value, spans = NONE }: { value: Json; spans?: readonly TextSpan[] }) {
  const text = <MarkedText text={JSON.stringify(value)} spans={spans} />;
  if (typeof value === 'string')
    return <span className="min-w-0 break-words whitespace-pre-wrap text-ok">{text}</span>;
  const tone = typeof value === 'number' ? 'text-accent' : 'text-info';
  return <span className={cn('min-w-0 break-all', tone)}>{text}</span>;
}

function MarkNote({ mark }: { mark: JsonMark }) {
  return (
    <span className="flex min-w-0 items-center gap-1 font-sans text-warn">
      <ToneShape tone="warn" className="size-2" />
      {mark.message}
    </span>
  );
}
