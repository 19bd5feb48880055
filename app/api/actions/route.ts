import { exportActions } from '@/server/api/actions/export';
import { door } from '@/server/api/http';

export const dynamic = 'force-dynamic';

/** The log of actions, newest first, one JSON object per line. `q`: only entries with all these words; `kind`: only of this kind. */
export function GET(request: Request): Promise<Response> {
  return door(request, 'GET /api/actions', (principal) => {
    const { searchParams } = new URL(request.url);
    const asked = {
      text: (searchParams.get('q') ?? '').slice(0, 200),
      kind: searchParams.get('kind')?.slice(0, 100) ?? null,
    };
    const name = 'attachment; filename="actions.ndjson"';
    const headers = { 'Content-Type': 'application/x-ndjson', 'Content-Disposition': name };
    return Promise.resolve(new Response(exportActions(asked, principal), { headers }));
  });
}
