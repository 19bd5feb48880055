import * as z from 'zod';
import { ROLES, USER_ROLES } from '../../../domain/access/permissions';

const LONGEST_DAYS = 3_650;

const names = z.array(z.string().trim().min(1).max(200)).min(1).max(100);

/** What a new key is asked for with, through the server or on the data folder itself. */
export const newKeyInput = z.strictObject({
  name: z.string().trim().min(1).max(100),
  role: z.enum(ROLES),
  sources: names.nullish(),
  types: names.nullish(),
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
