'use client';

import { useState } from 'react';

export interface Act {
  readonly busy: boolean;
  /** Why the last one failed; null after a success. */
  readonly problem: string | null;
  /** Runs one at a time; resolves to whether it was done. */
  readonly run: (work: () => Promise<string | null>) => Promise<boolean>;
}

/** A change that is under way, and what came of the last one. */
export function useAct(onFailed?: () => void): Act {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (work: () => Promise<string | null>): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    const found = await work();
    setBusy(false);
    setProblem(found);
    if (found !== null) onFailed?.();
    return found === null;
  };
  return { busy, problem, run };
}
