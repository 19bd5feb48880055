import { CopyButton } from '@/components/ui/controls/copy-button';

/** A secret that is on screen this once, to be copied. */
export function ShownOnce({ label, secret, note }: { label: string; secret: string; note: string }) {
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <p className="text-sm text-dim">{note}</p>
      <div className="flex min-w-0 items-center gap-2 rounded border bg-raised/40 p-2">
        <code aria-label={label} className="min-w-0 flex-1 font-mono text-xs break-all select-all">
          {secret}
        </code>
        <CopyButton text={secret} label={`Copy: ${label}`} />
      </div>
    </div>
  );
}
