import { CancelledError } from '../errors';

/** Shared with a reader thread: becomes 1 when nobody waits for the answer any more. */
export type CancelFlag = Int32Array<SharedArrayBuffer>;

/** What a reader thread asks between two looks at history. */
export function watching(flag: CancelFlag | undefined): () => boolean {
  return flag === undefined ? () => false : () => Atomics.load(flag, 0) === 1;
}

/** Whether nobody waits any more for the answer to a question with these arguments. */
export function isLeft(args: readonly unknown[]): boolean {
  return args.some((arg) => arg instanceof Int32Array && watching(arg as CancelFlag)());
}

/**
 * Asks a reader thread in such a way that it stops within a moment once the signal is aborted; rejects with
 * CancelledError then.
 */
export async function cancellable<Answer>(
  signal: AbortSignal | undefined,
  ask: (flag?: CancelFlag) => Promise<Answer>,
  /** Called when the reader has stopped for it. */
  left: () => void = () => undefined,
): Promise<Answer> {
  if (signal === undefined) return ask();
  if (signal.aborted) throw new CancelledError();
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const onAbort = (): void => void Atomics.store(flag, 0, 1);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const answer = await ask(flag);
    if (gone(signal)) throw new CancelledError();
    return answer;
  } catch (error) {
    throw gone(signal) ? new CancelledError() : error;
  } finally {
    if (gone(signal)) left();
    signal.removeEventListener('abort', onAbort);
  }
}

/** Asked anew each time: it changes while a reader works. */
const gone = (signal: AbortSignal): boolean => signal.aborted;
