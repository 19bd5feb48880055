'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { ExportFormat } from '@/domain/export';
import { pickFile, saveExport, type Written } from './save';

export type ExportState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly written: Written; readonly file: string }
  | { readonly kind: 'done'; readonly written: Written; readonly file: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly why: string };

/** Faster cannot be read. */
const SHOW_EVERY_MS = 200;
const NOTHING: Written = { events: 0, bytes: 0, total: null };

/** One export at a time, into a file that the user picks. It ends with the page. */
export function useExport(): {
  readonly state: ExportState;
  readonly start: (url: string, format: ExportFormat) => void;
  readonly cancel: () => void;
  readonly reset: () => void;
} {
  const [state, setState] = useState<ExportState>({ kind: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const run = useCallback(async (url: string, format: ExportFormat): Promise<void> => {
    const handle = await pickFile(format);
    if (handle === null) return;
    const stop = new AbortController();
    running.current = stop;
    const file = handle.name;
    let shown = 0;
    let written = NOTHING;
    setState({ kind: 'running', written, file });
    try {
      await saveExport(url, format, handle, stop.signal, (now) => {
        written = now;
        const at = performance.now();
        if (at - shown < SHOW_EVERY_MS) return;
        shown = at;
        setState({ kind: 'running', written, file });
      });
      setState({ kind: 'done', written, file });
    } catch (error) {
      setState(stop.signal.aborted ? { kind: 'cancelled' } : { kind: 'failed', why: explain(error) });
    } finally {
      running.current = null;
    }
  }, []);

  const start = useCallback(
    (url: string, format: ExportFormat) => {
      if (running.current) return;
      run(url, format).catch((error: unknown) => setState({ kind: 'failed', why: explain(error) }));
    },
    [run],
  );
  const cancel = useCallback(() => running.current?.abort(), []);
  const reset = useCallback(() => setState({ kind: 'idle' }), []);
  return { state, start, cancel, reset };
}

function explain(error: unknown): string {
  // What fetch says when a connection breaks off names no cause that would help.
  if (error instanceof TypeError)
    return 'The export broke off: the server stopped or the connection was lost. No file was written; try again.';
  return `The export failed: ${error instanceof Error ? error.message : String(error)}. No file was written.`;
}
