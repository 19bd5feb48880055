import { answer } from '@/server/api/http';
import { listViews } from '@/server/api/views';

export const dynamic = 'force-dynamic';

/** The saved views. */
export function GET(): Promise<Response> {
  return answer(() => Promise.resolve(listViews()));
}
