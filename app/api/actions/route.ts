import { door } from '@/server/api/rest/http';
import { exportActions, kindParam } from '@/server/api/actions/export';
import { paramsOf } from '@/server/api/rest/query-params';

export const dynamic = 'force-dynamic';

/** The log of actions, newest first, one JSON object per line. `q`: only entries with all these words; `kind`: only of this kind. */
export function GET(request: Request): Promise<Response> {
  return door(request, 'GET /api/actions', async (principal) => {
    const params = paramsOf(request, ['q', 'kind']);
    const asked = { text: (params.get('q') ?? '').slice(0, 200), kind: kindParam(params) };
    const name = 'attachment; filename="actions.ndjson"';
    const headers = { 'Content-Type': 'application/x-ndjson', 'Content-Disposition': name };
    return new Response(await exportActions(asked, principal), { headers });
  });
}
