import type { ReactNode } from 'react';

/** A control with its label above it. */
export function Labelled({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    <label className="flex min-w-0 flex-col gap-1">
      <span className="text-xs font-medium break-words">
        {label}
        {hint !== undefined && <span className="font-normal text-dim"> {hint}</span>}
      </span>
      {children}
    </label>
  );
}
