import { formatPlural } from '@/components/ui/format';
import { CATEGORIES, type CategoryId } from '@/domain/events/catalogue/categories';
import { normaliseEventType } from '@/domain/events/names/names';
import { retentionPolicySchema, type RetentionPolicy } from '@/domain/retention/policy';

const BYTES_PER_GB = 1e9;

/** The form's fields as typed; an empty one sets no limit. */
export interface RetentionDraft {
  readonly days: string;
  readonly gigabytes: string;
  readonly categoryDays: Readonly<Partial<Record<CategoryId, string>>>;
  readonly keepTypes: string;
  readonly keepManual: boolean;
}

export function draftOf(policy: RetentionPolicy): RetentionDraft {
  return {
    days: policy.max_age_days === null ? '' : String(policy.max_age_days),
    gigabytes: policy.max_bytes === null ? '' : String(policy.max_bytes / BYTES_PER_GB),
    categoryDays: Object.fromEntries(
      Object.entries(policy.category_days).map(([category, days]) => [category, String(days)]),
    ),
    keepTypes: policy.keep_types.join(', '),
    keepManual: policy.keep_manual,
  };
}

/** The policy that a draft describes, or what is wrong with it, by field. */
export function policyOf(
  draft: RetentionDraft,
): { readonly policy: RetentionPolicy } | { readonly errors: ReadonlyMap<string, string> } {
  const errors = new Map<string, string>();
  const days = (field: string, text: string): number | null => {
    if (text.trim() === '') return null;
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1 || value > 36_500) errors.set(field, 'whole days, 1 to 36,500');
    return value;
  };
  const category_days: Partial<Record<CategoryId, number>> = {};
  for (const { id } of CATEGORIES) {
    const value = days(id, draft.categoryDays[id] ?? '');
    if (value !== null) category_days[id] = value;
  }
  const max_age_days = days('days', draft.days);
  const max_bytes = bytesOf(draft.gigabytes, errors);
  if (errors.size > 0) return { errors };
  const parsed = retentionPolicySchema.safeParse({
    max_age_days,
    max_bytes,
    category_days,
    keep_types: draft.keepTypes
      .split(/[\s,]+/)
      .filter((name) => name !== '')
      .map((name) => (/^[\w.:-]+$/.test(name) ? normaliseEventType(name) : name)),
    keep_manual: draft.keepManual,
  });
  if (parsed.success) return { policy: parsed.data };
  return { errors: new Map([['keepTypes', parsed.error.issues[0]?.message ?? 'not a list of types']]) };
}

/** What a policy says, limit by limit, as a reader wants it beside what it would remove. */
export function limitsOf(policy: RetentionPolicy): string[] {
  const own = CATEGORIES.filter(({ id }) => policy.category_days[id] !== undefined);
  const { max_age_days: days, max_bytes: bytes, keep_types: types } = policy;
  const limits = [
    ...(days === null
      ? []
      : [`${own.length === 0 ? 'Events' : 'Other events'} older than ${formatPlural(days, 'day')}`]),
    ...(bytes === null ? [] : [`The oldest, while the file is above ${formatGigabytes(bytes)}`]),
  ];
  const byCategory = own.map(
    ({ id, label }) => `${label} older than ${formatPlural(policy.category_days[id] ?? 0, 'day')}`,
  );
  const kept = [...types, ...(policy.keep_manual ? ['what operators did here'] : [])];
  if (byCategory.length + limits.length === 0) return ['Nothing: no limit is set'];
  return [...byCategory, ...limits, ...(kept.length === 0 ? [] : [`Never ${kept.join(', ')}`])];
}

/** As it was typed. */
function formatGigabytes(bytes: number): string {
  return `${bytes / BYTES_PER_GB} GB`;
}

function bytesOf(gigabytes: string, errors: Map<string, string>): number | null {
  if (gigabytes.trim() === '') return null;
  const bytes = Math.round(Number(gigabytes) * BYTES_PER_GB);
  if (!Number.isFinite(bytes) || bytes < 50_000_000 || bytes > 1e15)
    errors.set('gigabytes', 'gigabytes, at least 0.05');
  return bytes;
}
