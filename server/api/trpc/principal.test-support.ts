import type { Role } from '../../../domain/access/permissions';
import type { Principal } from '../../../domain/access/principal';
import type { Context } from './context';

/** Who asks in tests that are about something else. */
export const OPERATOR: Principal = {
  kind: 'local',
  id: 'local',
  name: 'local operator',
  role: 'operator',
  via: 'loopback',
  address: '127.0.0.1',
};

export const AS_OPERATOR: Context = { principal: OPERATOR, refusal: null };

/** A command line of this user. */
export function asOperator(name: string, role: Role = 'operator'): Context {
  return {
    principal: { ...OPERATOR, kind: 'cli', id: 'cli', name, role, via: 'data folder' },
    refusal: null,
  };
}
