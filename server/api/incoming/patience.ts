import { ApiError } from '../refusals/errors';

/** The chunks of a body. Throws ApiError `too_slow` when none comes for so long while it is waited for. */
export async function* patiently(
  body: ReadableStream<Uint8Array>,
  limitMs: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await within(reader.read(), limitMs);
      if (done) return;
      yield value;
    }
  } finally {
    // Whoever still sends finds the connection closed after the answer.
    reader.cancel().catch(() => undefined);
  }
}

async function within<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () =>
        reject(new ApiError('too_slow', `nothing came for ${limitMs / 1000} s: send on, or end the body`)),
      limitMs,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
