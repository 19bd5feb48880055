import { may, PERMISSIONS, ROLES, type Permission } from '../../domain/access/permissions';
import { PRODUCERS_NAMESPACE } from '../../domain/realtime/producers';
import { PRODUCER_EVENTS, SOCKET_EVENTS } from '../live/admission';
import { DOORS, PUBLIC_DOORS } from './rest/doors';
import { appRouter } from './router';

interface Procedure {
  readonly _def: { readonly type: string; readonly meta?: { readonly permission: Permission } };
}

/** Every procedure with its kind and what it asks for; undefined where it does not say. */
export function procedures(): { path: string; kind: string; permission: Permission | undefined }[] {
  const all = appRouter._def.procedures as unknown as Readonly<Record<string, Procedure>>;
  return Object.entries(all)
    .map(([path, { _def }]) => ({ path, kind: _def.type, permission: _def.meta?.permission }))
    .sort((a, b) => a.path.localeCompare(b.path));
}

/** Who may do what, as Markdown, from what the doors themselves look up. */
export function permissionTable(): string {
  const lines = [
    row('Door', 'Asks for', 'nobody', ...ROLES),
    row(...Array.from({ length: 3 + ROLES.length }, () => '---')),
    ...Object.entries(PUBLIC_DOORS).map(([door, why]) =>
      row(`\`${door}\``, why, 'yes', ...ROLES.map(() => 'yes')),
    ),
    ...Object.entries(DOORS).map(([door, permission]) => doorRow(`\`${door}\``, permission)),
    doorRow('every page but `/sign-in` and `/welcome`', 'read'),
    ...Object.entries(SOCKET_EVENTS).map(([name, permission]) =>
      doorRow(`socket.io \`${name}\``, permission),
    ),
    ...Object.entries(PRODUCER_EVENTS).map(([name, permission]) =>
      doorRow(`socket.io \`${PRODUCERS_NAMESPACE}\`: \`${name}\``, permission),
    ),
    ...PERMISSIONS.flatMap(procedureRows),
  ];
  return lines.join('\n');
}

/** Procedures that ask for the same share a row: there are too many for one each. */
function procedureRows(permission: Permission): string[] {
  return ['query', 'mutation'].flatMap((kind) => {
    const paths = procedures().filter((each) => each.kind === kind && each.permission === permission);
    const names = paths.map(({ path }) => `\`${path}\``).join(' ');
    return paths.length === 0 ? [] : [doorRow(`tRPC, ${kind}: ${names}`, permission)];
  });
}

function doorRow(door: string, permission: Permission): string {
  return row(door, permission, '–', ...ROLES.map((role) => (may(role, permission) ? 'yes' : '–')));
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
