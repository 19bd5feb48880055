/** What an account or a key may be. A producer only publishes; the others each may what the one before may. */
export const ROLES = ['viewer', 'producer', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Roles of people; a producer is a program. */
export const USER_ROLES = ['viewer', 'operator', 'admin'] as const;
export type UserRole = (typeof USER_ROLES)[number];

/** What every door asks for exactly one of. */
export type Permission = 'read' | 'publish' | 'operate' | 'administer';

const HOLDERS: Readonly<Record<Permission, readonly Role[]>> = {
  read: ['viewer', 'operator', 'admin'],
  publish: ['producer', 'operator', 'admin'],
  operate: ['operator', 'admin'],
  administer: ['admin'],
};

export const PERMISSIONS = Object.keys(HOLDERS) as readonly Permission[];

export function may(role: Role, permission: Permission): boolean {
  return HOLDERS[permission].includes(role);
}

/** The roles that have it, for an explanation. */
export function holdersOf(permission: Permission): readonly Role[] {
  return HOLDERS[permission];
}

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

/** One line per role, for dialogs. */
export const ROLE_MEANS: Readonly<Record<Role, string>> = {
  viewer: 'sees everything, changes nothing',
  producer: 'publishes events, sees nothing',
  operator: 'sees everything, acts on the cluster',
  admin: 'as an operator; also manages users, keys and sessions',
};
