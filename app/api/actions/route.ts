import { exportActions } from '@/server/api/actions/export';

export const dynamic = 'force-dynamic';

/** The log of actions, newest first, one JSON object per line. `q`: only entries with all these words. */
export function GET(request: Request): Response {
  const text = new URL(request.url).searchParams.get('q') ?? '';
  const name = 'attachment; filename="actions.ndjson"';
  return new Response(exportActions(text.slice(0, 200)), {
    headers: { 'Content-Type': 'application/x-ndjson', 'Content-Disposition': name },
  });
}
