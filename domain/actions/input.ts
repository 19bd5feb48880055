import * as z from 'zod';

/** Idempotency keys of the events that actions publish begin with this; publishers may not use them. */
export const KEY_PREFIX = 'action:';

export const REASON_LEAST = 3;
export const REASON_MOST = 500;

const name = z.string().min(1).max(200);

/** Why, for whoever reads the log a year later. */
export const reasonInput = z
  .string()
  .trim()
  .min(REASON_LEAST, `a reason of at least ${REASON_LEAST} characters is required`)
  .max(REASON_MOST, `a reason has at most ${REASON_MOST} characters`);

/** One per opening of a dialog: whatever is pressed, repeated or retried under it happens once. */
export const keyInput = z
  .string()
  .regex(/^[\w.:-]{8,100}$/, '8 to 100 letters, digits, "-", "_", "." or ":"');

/** What stands behind a decision about a champion and must not be overlooked. */
export const WARNINGS = [
  'few_games',
  'not_evaluated',
  'lower_elo',
  'corrupted',
  'old_evaluation',
  'held',
  'recovery_overdue',
] as const;
export type WarningCode = (typeof WARNINGS)[number];

const decision = {
  key: keyInput,
  reason: reasonInput,
  /** The champion that the operator saw; null where the config had none. */
  expected_champion: name.nullable(),
  /** The model's name, typed once more. */
  confirm: z.string().max(200),
  /** Warnings that the operator has read. */
  acknowledged: z.array(z.enum(WARNINGS)).max(WARNINGS.length).default([]),
};

export const promoteInput = z.strictObject({
  model_id: name,
  ...decision,
  /** Promotes although a recovery runs; refused unless an admin asks. */
  force: z.literal(true).optional(),
});
export type PromoteInput = z.infer<typeof promoteInput>;

/** `model_id` is the champion that goes; it is also what `confirm` repeats. */
export const rollbackInput = z.strictObject({ model_id: name, rollback_to: name, ...decision });
export type RollbackInput = z.infer<typeof rollbackInput>;

export const releaseInput = z.strictObject({ model_id: name, key: keyInput, reason: reasonInput });
export type ReleaseInput = z.infer<typeof releaseInput>;
