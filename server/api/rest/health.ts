import { services, type HealthReport } from '../../services';
import { mayRead } from './http';

/** Health for whoever asks: everybody learns whether it is well, those who may read also why not. */
export async function healthFor(headers: Headers): Promise<HealthReport> {
  const report = services().health();
  if (await mayRead(headers)) return report;
  return { ...report, checks: report.checks.map((check) => ({ ...check, detail: null })) };
}
