import { expect, test } from './support/fixtures';

test.use({ shares: true });

interface Answer {
  accepted: number;
  duplicates: number;
  rejected: number;
  results: { status: string; event_id?: string; error?: { code: string; message: string } }[];
  error?: { code: string; message: string };
}

async function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; answer: Answer }> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${url}/api/events`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: text,
  });
  return { status: response.status, answer: (await response.json()) as Answer };
}

test('publishing answers per event: stored, duplicate, rejected with the reason', async ({ ringside }) => {
  const deep = JSON.parse(`${'{"a":'.repeat(70)}1${'}'.repeat(70)}`) as object;
  const rejected = async (): Promise<number> =>
    ((await (await fetch(`${ringside.url}/api/state/router`)).json()) as { rejected: number }).rejected;
  const before = await rejected();
  const { status, answer } = await post(ringside.url, [
    { event_type: 'host_online', payload: { node_id: 'door-a' } },
    { event_type: 'HOST_ONLINE', payload: { node_id: 'door-a' } },
    { event_type: 'host_online', payload: [] },
    { event_type: 'host_online', payload: deep },
    { event_type: '', payload: {} },
    { event_type: 'invented_by_the_cluster', payload: { x: 1 } },
    { event_type: 'host_online', payload: { text: 'x'.repeat(1024 * 1024) } },
  ]);
  expect(status).toBe(200);
  expect(answer.results.map((result) => result.status)).toEqual([
    'stored',
    'duplicate',
    'rejected',
    'rejected',
    'rejected',
    'stored',
    'rejected',
  ]);
  expect(answer).toMatchObject({ accepted: 2, duplicates: 1, rejected: 4 });
  // Told every second.
  await expect.poll(rejected).toBe(before + 4);
  expect(answer.results[1]?.event_id).toBe(answer.results[0]?.event_id);
  for (const result of answer.results)
    if (result.status === 'rejected') expect(result.error?.message).toMatch(/\w+/);
});

test('an idempotency key makes a repeat the same event and a promotion after a rollback a new one', async ({
  ringside,
}) => {
  const promote = { event_type: 'MODEL_PROMOTED', payload: { model_id: 'hex8_2p_v7' } };
  const first = await post(ringside.url, { ...promote, idempotency_key: 'press-1' });
  const again = await post(ringside.url, { ...promote, idempotency_key: 'press-1' });
  const later = await post(ringside.url, { ...promote, idempotency_key: 'press-2' });
  expect(again.answer.results[0]).toMatchObject({
    status: 'duplicate',
    event_id: first.answer.results[0]?.event_id,
  });
  expect(later.answer.results[0]?.status).toBe('stored');
});

test('unusable bodies are refused with a status and a sentence, never with a stack', async ({ ringside }) => {
  for (const [body, status] of [
    ['{"event_type": ', 400],
    ['', 400],
    ['null', 200],
    ['x'.repeat(9 * 1024 * 1024), 413],
  ] as const) {
    const { status: got, answer } = await post(ringside.url, body);
    expect(got, body.slice(0, 20)).toBe(status);
    expect(JSON.stringify(answer)).not.toMatch(/node_modules|at .*:\d+|SELECT|\.ts/);
  }
  const form = await post(ringside.url, 'a=b', { 'Content-Type': 'text/plain' });
  expect(form.status).toBe(400);
  for (const [method, path, status, code] of [
    ['GET', '/api/events?limit=0', 400, 'bad_request'],
    ['GET', '/api/events?limt=5', 400, 'bad_request'],
    ['GET', '/api/events/export?limit=5', 400, 'bad_request'],
    ['GET', '/api/events/facets?since=2026-02-30', 400, 'bad_request'],
    ['GET', '/api/events/histogram?buckets=1e1', 400, 'bad_request'],
    ['GET', '/api/actions?limit=1', 400, 'bad_request'],
    ['GET', '/api/actions?kind=promote', 400, 'bad_request'],
    ['GET', '/api/events?cursor=forged', 400, 'bad_request'],
    ['GET', '/api/events/nothing?x=1', 400, 'bad_request'],
    ['GET', '/api/events/nothing/chain?x=1', 400, 'bad_request'],
    ['GET', '/api/events/nothing/delivery?x=1', 400, 'bad_request'],
    ['POST', '/api/events?x=1', 400, 'bad_request'],
    ['POST', '/api/import?x=1', 400, 'bad_request'],
    ['GET', '/api/views?x=1', 400, 'bad_request'],
    ['GET', '/api/events/nothing', 404, 'not_found'],
    ['GET', '/api/events/%ff', 400, 'bad_request'],
    ['GET', '/api/state/nothing', 404, 'not_found'],
    ['GET', '/api/nothing', 404, 'not_found'],
    ['PUT', '/api/events', 405, 'method_not_allowed'],
    ['POST', '/healthz', 405, 'method_not_allowed'],
  ] as const) {
    const response = await fetch(ringside.url + path, { method });
    const { error } = (await response.json()) as Answer;
    expect([response.status, error?.code, error?.message], path).toEqual([
      status,
      code,
      expect.stringMatching(/^.{10}/),
    ]);
  }
});

test('health, readiness and metrics answer', async ({ ringside }) => {
  expect(await (await fetch(`${ringside.url}/healthz`)).json()).toMatchObject({ status: 'ok', ready: true });
  expect((await fetch(`${ringside.url}/readyz`)).status).toBe(200);
  const metrics = async (): Promise<string> => (await fetch(`${ringside.url}/metrics`)).text();
  const stored = async (): Promise<number> =>
    Number(/^ringside_events_stored_total (\d+)$/m.exec(await metrics())?.[1]);
  const before = await stored();
  await post(ringside.url, { event_type: 'host_online', payload: { node_id: 'door-b' } });
  expect(await stored()).toBe(before + 1);
  // The bridge opens its file beside the first requests.
  await expect.poll(metrics).toMatch(/^ringside_bridge_up\{bridge="events_db"\} 1$/m);
});
