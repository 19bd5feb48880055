/** Sends JSON to a door of access. Resolves to its answer, or to what it says is wrong. */
export async function post(
  path: string,
  body: unknown,
): Promise<{ ok: true; answer: unknown } | { ok: false; message: string }> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as { error?: { message: string } };
    if (response.ok) return { ok: true, answer };
    return { ok: false, message: answer.error?.message ?? `the server answered ${response.status}` };
  } catch {
    return { ok: false, message: 'the server does not answer: try again' };
  }
}
