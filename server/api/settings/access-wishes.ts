import * as z from 'zod';
import { ROLES, USER_ROLES } from '../../../domain/access/permissions';

const LONGEST_DAYS = 3_650;

const name = z.string().trim().min(1).max(200);
const names = z.array(name).min(1).max(100);

/**
 * In any spelling, also one that the catalogue has not. Names are compared whole: a blank or a pattern would become a name
 * that nobody publishes (`TRAINING_*` reads as `TRAINING__`).
 */
const eventType = name.refine((type) => /^[\p{L}\p{N}_]+([.:/-]+[\p{L}\p{N}_]+)*$/u.test(type), {
  error: ({ input }) =>
    `give whole names of event types, such as NEW_GAMES_AVAILABLE, not ${JSON.stringify(input)}`,
});

/** What a new key is asked for with, through the server or on the data folder itself. */
export const newKeyInput = z.strictObject({
  name: z.string().trim().min(1).max(100),
  role: z.enum(ROLES),
  sources: names.nullish(),
  types: z.array(eventType).min(1).max(100).nullish(),
  /** Seconds from now; null for a key that holds until it is revoked. */
  expires_in: z
    .number()
    .positive()
    .max(LONGEST_DAYS * 86_400, `give ${LONGEST_DAYS} days at most`)
    .nullish(),
});

/** Who is invited. */
export const invitationInput = z.strictObject({
  email: z.email('give an email address').max(200),
  role: z.enum(USER_ROLES),
});
