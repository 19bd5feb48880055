import { door } from '@/server/api/http';
import { viewsFor } from '@/server/api/views';

export const dynamic = 'force-dynamic';

/** The saved views, with the stars of whoever asks. */
export function GET(request: Request): Promise<Response> {
  return door(request, 'GET /api/views', (principal) => Promise.resolve({ views: viewsFor(principal) }));
}
