/** A stretch of a text: UTF-16 offsets, `end` exclusive. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** A text with some stretches marked; they ascend and do not overlap. */
export function MarkedText({ text, spans }: { text: string; spans: readonly TextSpan[] }) {
  if (spans.length === 0) return text;
  return (
    <>
      {spans.map(({ start, end }, index) => (
        <span key={start}>
          {text.slice(spans[index - 1]?.end ?? 0, start)}
          <mark className="rounded-xs bg-warn-soft text-fg underline decoration-warn decoration-2 underline-offset-2">
            {text.slice(start, end)}
          </mark>
        </span>
      ))}
      {text.slice(spans.at(-1)?.end ?? 0)}
    </>
  );
}
