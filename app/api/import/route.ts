import { door } from '@/server/api/rest/http';
import { importBody, MAX_IMPORT_BYTES } from '@/server/api/incoming/import-rows';
import { paramsOf } from '@/server/api/rest/query-params';
import { readJson } from '@/server/api/rest/read-body';

export const dynamic = 'force-dynamic';

/** Rows of another events.db or events of an export, from `ringside import` while this server runs. */
export function POST(request: Request): Promise<Response> {
  return door(request, 'POST /api/import', async () => {
    paramsOf(request, []);
    return importBody(await readJson(request, MAX_IMPORT_BYTES));
  });
}
