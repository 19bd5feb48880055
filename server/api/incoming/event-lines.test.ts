import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Scope } from '../../../domain/access/principal';
import { HistoryUnavailableError } from '../../history/errors';
import { Producers } from '../../producers/producers';
import type { PublishRequest, PublishResult } from '../../router/types';
import { provideServices, type Services } from '../../services';
import { publishLines, type LinesAnswer } from './event-lines';

let published: PublishRequest[][] = [];
let fails: (batch: number) => boolean;
let commits: Promise<void>;
beforeEach(() => {
  // Of this test alone: what one leaves under way comes later.
  const batches: PublishRequest[][] = (published = []);
  fails = () => false;
  commits = Promise.resolve();
  const publish = async (requests: readonly PublishRequest[]): Promise<PublishResult[]> => {
    const batch = batches.push([...requests]);
    await commits;
    if (fails(batch)) throw new HistoryUnavailableError('SQLITE_FULL', 'disk');
    return requests.map(({ eventType }): PublishResult => {
      if (eventType === 'bad name')
        return { status: 'rejected', error: { code: 'event_type_invalid', message: 'no' } };
      return { status: eventType === 'TWICE' ? 'duplicate' : 'stored', eventId: 'e', seq: 1 };
    });
  };
  const producers = new Producers({
    publish,
    perSecond: null,
    slice: 500,
    inFlight: 100_000,
    ownInFlight: 100_000,
  });
  const router = { refused: () => undefined };
  provideServices({ producers, router } as unknown as Services);
});

async function post(body: BodyInit, scope?: Scope): Promise<LinesAnswer & { status: number }> {
  const init = { method: 'POST', body, duplex: 'half' };
  const response = await publishLines(new Request('http://x/', init), { caller: 'test', scope });
  return { status: response.status, ...((await response.json()) as LinesAnswer) };
}

const line = (event_type: string, payload: unknown = {}): string => JSON.stringify({ event_type, payload });

describe('a body of lines', () => {
  it('is published line by line; mistakes are told by number and leave the others alone', async () => {
    const body = [
      line('A'),
      '',
      '{"event_type":',
      line('TWICE'),
      line('A', [1]),
      line('bad name'),
      '5',
      line('B'),
    ];
    expect(await post(body.join('\r\n'))).toEqual({
      status: 200,
      lines: 8,
      accepted: 2,
      duplicates: 1,
      rejected: 4,
      mistakes: [
        { line: 3, code: 'malformed_event', message: expect.stringMatching(/^not valid JSON/) as string },
        { line: 5, code: 'malformed_event', message: 'payload: must be a JSON object' },
        { line: 6, code: 'event_type_invalid', message: 'no' },
        { line: 7, code: 'malformed_event', message: expect.any(String) as string },
      ],
    });
    expect(published.flat().map(({ eventType }) => eventType)).toEqual(['A', 'TWICE', 'bad name', 'B']);
  });

  it('keeps __proto__ as a key, has the scope of its key, and may be empty', async () => {
    await post('{"event_type":"A","payload":{"__proto__":{"x":1}}}');
    expect(Object.keys(published[0]?.[0]?.payload ?? {})).toEqual(['__proto__']);
    const scope = { sources: ['sim'], types: ['A'] };
    expect(await post(`${line('A')}\n${line('B')}`, scope)).toMatchObject({
      accepted: 1,
      mistakes: [{ line: 2, code: 'forbidden' }],
    });
    expect(await post('')).toEqual({
      status: 200,
      lines: 0,
      accepted: 0,
      duplicates: 0,
      rejected: 0,
      mistakes: [],
    });
  });

  it('is read no further than two batches ahead of their commits', async () => {
    let resume = (): void => undefined;
    commits = new Promise((resolve) => (resume = resolve));
    let sent = 0;
    const text = new TextEncoder().encode(`${line('A')}\n`.repeat(100));
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 100;
        if (sent > 20_000) controller.close();
        else controller.enqueue(text);
      },
    });
    const answer = post(endless);
    await vi.waitFor(() => expect(published).toHaveLength(3));
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect(published).toHaveLength(3);
    expect(sent).toBeLessThan(2_000);
    resume();
    expect(await answer).toMatchObject({ lines: 20_000, accepted: 20_000 });
    expect(published.every((batch) => batch.length === 500)).toBe(true);
  });

  it('says how far it got when history fails amid it, whatever was behind', async () => {
    fails = (batch) => batch === 3;
    expect(await post(`${line('A')}\n`.repeat(2_500))).toMatchObject({
      status: 503,
      error: {
        code: 'unavailable',
        message: expect.stringMatching(/\. What stands behind line 1000 is to be sent again\./) as string,
      },
      lines: 1_000,
      accepted: 1_000,
    });
  });

  it('tells the first hundred mistakes and counts all', async () => {
    const answer = await post('x\n'.repeat(1_200));
    expect(answer.mistakes).toHaveLength(100);
    expect(answer).toMatchObject({ rejected: 1_200, lines: 1_200 });
  });

  it('ends with what was committed when nothing comes any more', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const stuck = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(new TextEncoder().encode(`${line('A')}\n`.repeat(501))),
      });
      const answer = post(stuck);
      await vi.waitFor(() => expect(published).toHaveLength(1));
      await vi.advanceTimersByTimeAsync(30_000);
      expect(await answer).toMatchObject({
        status: 408,
        error: { code: 'too_slow' },
        lines: 500,
        accepted: 500,
      });
    } finally {
      vi.useRealTimers();
    }
  });
});
