'use client';

import { useState } from 'react';
import { Input } from '@/components/ui/controls/input';
import type { EloParams } from '../search-params';

/** The two hypotheses of the sequential test, Elo of the model against the champion. */
export function TestInputs({
  params,
  setParams,
}: {
  params: EloParams;
  setParams: (change: Partial<EloParams>) => void;
}) {
  return (
    <span
      className="flex flex-wrap items-center justify-end gap-1.5 text-xs text-dim"
      title="Sequential probability ratio test; both kinds of error 5 %"
    >
      <span className="explained">SPRT</span>
      <Hypothesis label="H0: at most" value={params.elo0} onChange={(elo0) => setParams({ elo0 })} />
      <Hypothesis label="H1: at least" value={params.elo1} onChange={(elo1) => setParams({ elo1 })} />
      Elo
    </span>
  );
}

function Hypothesis({
  label,
  value,
  onChange,
}: {
  label: string;
  value: number;
  onChange: (elo: number) => void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = (): void => {
    const elo = Number(draft);
    if (draft !== null && draft.trim() !== '' && Number.isFinite(elo) && elo !== value) onChange(elo);
    setDraft(null);
  };
  return (
    <label className="flex items-center gap-1 whitespace-nowrap">
      {label}
      <Input
        type="text"
        inputMode="decimal"
        className="h-6 w-11 text-right text-xs"
        value={draft ?? `${value}`}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
        }}
      />
    </label>
  );
}
