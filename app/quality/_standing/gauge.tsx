/** A quality between 0 and 1 as a bar, with its threshold as a mark across it. The figure itself stands beside it as text. */
export function Gauge({ value, threshold }: { value: number; threshold: number }) {
  const percent = (share: number): string => `${Math.min(100, Math.max(0, share * 100))}%`;
  return (
    <span aria-hidden className="relative inline-block h-2 w-20 shrink-0 rounded-sm bg-raised">
      <span
        className={`absolute inset-y-0 left-0 rounded-sm ${value < threshold ? 'bg-bad' : 'bg-ok'}`}
        style={{ width: percent(value) }}
      />
      <span
        className="absolute -inset-y-0.5 w-0.5 -translate-x-1/2 bg-fg"
        style={{ left: percent(threshold) }}
      />
    </span>
  );
}
