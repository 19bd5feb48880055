import { REASON_LEAST, REASON_MOST, reasonInput } from '@/domain/actions/input';

/** What a reason still lacks, or has too much of, in words; null where it will do. */
export function reasonProblem(reason: string): string | null {
  if (reasonInput.safeParse(reason).success) return null;
  const over = reason.trim().length - REASON_MOST;
  if (over <= 0) return `Give a reason of ${REASON_LEAST} to ${REASON_MOST} characters.`;
  return `The reason is ${over} ${over === 1 ? 'character' : 'characters'} too long: ${REASON_MOST} are kept.`;
}
