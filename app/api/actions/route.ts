import { exportActions } from '@/server/api/actions/export';
import { door } from '@/server/api/http';

export const dynamic = 'force-dynamic';

/** The log of actions, newest first, one JSON object per line. `q`: only entries with all these words. */
export function GET(request: Request): Promise<Response> {
  return door(request, 'GET /api/actions', () => {
    const text = new URL(request.url).searchParams.get('q') ?? '';
    const name = 'attachment; filename="actions.ndjson"';
    const headers = { 'Content-Type': 'application/x-ndjson', 'Content-Disposition': name };
    return Promise.resolve(new Response(exportActions(text.slice(0, 200)), { headers }));
  });
}
