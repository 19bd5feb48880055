'use client';

import { TRPCClientError } from '@trpc/client';
import { useCallback, useRef, useState } from 'react';
import { useConnection } from '@/app/_client/live/live-provider';
import type { Json } from '@/domain/json';
import type { AppRouter } from '@/server/api/router';
import type { Pressed } from '@/server/api/actions/press';
import { keyFor, settle } from './press-key';

export type PressState =
  | { readonly kind: 'idle' | 'sending' }
  | { readonly kind: 'done'; readonly pressed: Pressed }
  | { readonly kind: 'failed'; readonly message: string; readonly details: Json };

export interface Press {
  readonly state: PressState;
  /** Why nothing can be pressed now; null while the server is there. */
  readonly offline: string | null;
  /** Sends at once or fails at once; a second call while one is under way does nothing. */
  readonly run: (slot: string, send: (key: string, signal: AbortSignal) => Promise<Pressed>) => Promise<void>;
  readonly clear: () => void;
}

const TIMEOUT_MS = 10_000;
const OFFLINE = 'There is no connection to the server: nothing is sent, now or later.';
const UNCERTAIN =
  'No answer came, so it is not known whether it happened. Press again: it is the same press, and happens once.';

/**
 * One press of one dialog. It never waits for a connection: who presses while the server is away is told so, and nothing
 * is kept to be sent later. A key stands for the press until its outcome is known, so that repeating it is safe.
 */
export function usePress(): Press {
  const { state: connection } = useConnection();
  const offline =
    connection === 'live' || connection === 'behind' || connection === 'paused' ? null : OFFLINE;
  const [state, setState] = useState<PressState>({ kind: 'idle' });
  const busy = useRef(false);
  const run = useCallback<Press['run']>(
    async (slot, send) => {
      if (busy.current) return;
      if (offline !== null) {
        setState({ kind: 'failed', message: offline, details: null });
        return;
      }
      busy.current = true;
      setState({ kind: 'sending' });
      setState(await outcome(slot, send));
      busy.current = false;
    },
    [offline],
  );
  const clear = useCallback(() => setState({ kind: 'idle' }), []);
  return { state, offline, run, clear };
}

async function outcome(slot: string, send: Parameters<Press['run']>[1]): Promise<PressState> {
  try {
    const pressed = await send(keyFor(slot), AbortSignal.timeout(TIMEOUT_MS));
    settle(slot);
    return { kind: 'done', pressed };
  } catch (error) {
    // Without the server's own word it may have happened: the key is kept for the next try.
    const answered = error instanceof TRPCClientError ? (error as TRPCClientError<AppRouter>).data : null;
    if (answered == null) return { kind: 'failed', message: UNCERTAIN, details: null };
    if (answered.code !== 'SERVICE_UNAVAILABLE' && answered.code !== 'INTERNAL_SERVER_ERROR') settle(slot);
    return { kind: 'failed', message: (error as Error).message, details: answered.details };
  }
}
