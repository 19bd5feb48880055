import { door } from '@/server/api/http';
import { listViews } from '@/server/api/views';

export const dynamic = 'force-dynamic';

/** The saved views. */
export function GET(request: Request): Promise<Response> {
  return door(request, 'GET /api/views', () => Promise.resolve(listViews()));
}
