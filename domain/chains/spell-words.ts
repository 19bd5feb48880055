import { nameIn } from '../events/derived/derive';
import type { StoredEvent } from '../events/envelope';
import type { Role, SpellRule } from './spell';

/** Words that several rules are written in. */

export const MINUTE = 60;
export const HOUR = 3600;
export const DAY = 24 * HOUR;

export type Roles = Readonly<Record<string, Role>>;

export const rolesOf = (roles: Roles) => {
  const known = new Map(Object.entries(roles));
  return {
    types: [...known.keys()],
    of: (event: StoredEvent): Role | null => known.get(event.eventType) ?? null,
  };
};

export const one = (subject: string | null): readonly string[] => (subject === null ? [] : [subject]);
export const field = (event: StoredEvent, key: string): string | null => nameIn(event.payload[key]);

export const RECOVERY: Roles = {
  RECOVERY_INITIATED: 'during',
  RECOVERY_FAILED: 'during',
  RECOVERY_COMPLETED: 'close',
};
/** What a recovery aims at, if it is of this type. */
export function recovered(event: StoredEvent, type: string): string | null {
  return event.eventType in RECOVERY && event.payload['recovery_type'] === type
    ? field(event, 'target')
    : null;
}

type Rest = Pick<SpellRule, 'lookups' | 'awaits'> & Partial<SpellRule>;

/** A rule about the events that have a role in it; `subjects` is asked of those alone. */
export function spell(
  kind: SpellRule['kind'],
  by: string,
  roles: ReturnType<typeof rolesOf>,
  subjects: (event: StoredEvent) => readonly string[],
  rest: Rest,
): SpellRule {
  return {
    kind,
    by,
    subjects: (event) => (roles.of(event) === null ? [] : subjects(event)),
    role: roles.of,
    ...{ lead: 0, settle: 0, span: 6 * HOUR },
    ...rest,
  };
}

/** A start and its end, of the same subject; a second start begins anew. */
export function startToEnd(
  kind: SpellRule['kind'],
  by: string,
  roles: ReturnType<typeof rolesOf>,
  subject: (event: StoredEvent) => string | null,
  rest: Rest,
): SpellRule {
  return spell(kind, by, roles, (event) => one(subject(event)), { reopens: true, ...rest });
}
