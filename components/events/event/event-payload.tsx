'use client';

import { CopyButton } from '@/components/ui/controls/copy-button';
import type { JsonMark } from '@/components/ui/values/json-tree';
import { JsonTree } from '@/components/ui/values/json-tree';
import { ToneShape } from '@/components/ui/signs/status-dot';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/controls/tabs';
import type { DriftFinding, WireEvent } from '@/domain/events/envelope';
import { usePayloadMarks } from '../marks';

const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

/** Findings by path. Several about one field become one mark; a missing field has no place of its own in the tree. */
export function marksOf(drift: readonly DriftFinding[]): ReadonlyMap<string, JsonMark> {
  const marks = new Map<string, JsonMark>();
  for (const { path, kind, message } of drift) {
    if (kind === 'missing') continue;
    const before = marks.get(path);
    // The field's own name stands right before it.
    const said = message.startsWith(`${path} `)
      ? message.slice(path.length + 1).replace(/^is /, '')
      : message;
    marks.set(path, { message: before === undefined ? said : `${before.message}; ${said}` });
  }
  return marks;
}

/** The payload as a tree and as text, and the whole event as text. */
export function EventPayload({ event }: { event: WireEvent }) {
  const finds = usePayloadMarks(event.payload);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Drift drift={event.drift} />
      <Tabs defaultValue="tree">
        <div className="flex items-center border-b">
          <TabsList aria-label="Payload" className="-mb-px border-transparent">
            <TabsTrigger value="tree">Tree</TabsTrigger>
            <TabsTrigger value="json">JSON</TabsTrigger>
            <TabsTrigger value="event">Whole event</TabsTrigger>
          </TabsList>
          <span className="ml-auto">
            <CopyButton label="Copy payload as JSON" text={() => pretty(event.payload)} />
          </span>
        </div>
        <TabsContent value="tree" className="pt-2">
          <JsonTree value={event.payload} marks={marksOf(event.drift)} finds={finds} />
        </TabsContent>
        <TabsContent value="json" className="pt-2">
          <Code text={pretty(event.payload)} />
        </TabsContent>
        <TabsContent value="event" className="pt-2">
          <div className="float-right">
            <CopyButton label="Copy whole event as JSON" text={() => pretty(event)} />
          </div>
          <Code text={pretty(event)} />
        </TabsContent>
      </Tabs>
    </div>
  );
}

/** Lines that are laid out together. */
const STRETCH = 200;

/** A payload may be 100,000 lines: those out of sight are laid out when they come near, and can be found and copied before. */
function Code({ text }: { text: string }) {
  const lines = text.split('\n');
  const stretches = Array.from({ length: Math.ceil(lines.length / STRETCH) }, (_, index) =>
    lines.slice(index * STRETCH, (index + 1) * STRETCH),
  );
  return (
    <pre className="font-mono text-xs leading-5 break-words whitespace-pre-wrap">
      {stretches.map((stretch, index) => (
        <div
          key={index}
          className="[content-visibility:auto]"
          style={{ containIntrinsicBlockSize: `auto ${String(stretch.length)}lh` }}
        >
          {stretch.join('\n')}
        </div>
      ))}
    </pre>
  );
}

/** One line; what differs stands beside the fields themselves, but for those that are missing. */
function Drift({ drift }: { drift: readonly DriftFinding[] }) {
  if (drift.length === 0) return null;
  const missing = drift.filter(({ kind }) => kind === 'missing');
  return (
    <section aria-label="Differs from the catalogue" className="flex flex-col gap-0.5 text-xs text-warn">
      <p className="flex min-w-0 items-baseline gap-1.5">
        <ToneShape tone="warn" className="size-2 shrink-0" />
        <span className="min-w-0 break-words">
          Differs from the catalogue, kept as it came:{' '}
          <span className="font-mono">{[...new Set(drift.map(({ path }) => path))].join(', ')}</span>
        </span>
      </p>
      {missing.map(({ path, message }) => (
        <p key={`${path} ${message}`} className="pl-3.5">
          {message}
        </p>
      ))}
    </section>
  );
}
